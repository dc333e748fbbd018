"""The decision pages behind an approver's link, and the editors' map of approvals."""

from reviewtool.web.approvals import deciding, deciding_all, views
from reviewtool.web.approvals.door import blueprint

__all__ = ["blueprint", "deciding", "deciding_all", "views"]
