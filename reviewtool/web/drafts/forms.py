"""Forms of drafts."""

from reviewtool.web.forms import Form


class FreezeForm(Form):
    """Freezes the working texts: nothing to fill in."""
