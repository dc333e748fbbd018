"""Pictures: sent by editors, shown to those who may read the texts that they stand in."""
