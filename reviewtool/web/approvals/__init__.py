"""The decision pages behind an approver's link, and the editors' map of approvals."""
