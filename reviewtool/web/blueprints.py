"""All blueprints: one a feature."""

from reviewtool.web.accounts.views import blueprint as accounts
from reviewtool.web.approvals.overview import blueprint as approval_overview
from reviewtool.web.approvals.views import blueprint as approvals
from reviewtool.web.front.views import blueprint as front
from reviewtool.web.health.views import blueprint as health
from reviewtool.web.links.views import blueprint as links
from reviewtool.web.mailbox.views import blueprint as mailbox
from reviewtool.web.messages.views import blueprint as messages
from reviewtool.web.participant import blueprint as participant
from reviewtool.web.public.views import blueprint as public

BLUEPRINTS = (
    front,
    participant,
    accounts,
    links,
    health,
    public,
    approvals,
    approval_overview,
    mailbox,
    messages,
)
