"""The editors' page of outgoing mail."""
