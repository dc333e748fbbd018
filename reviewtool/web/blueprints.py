"""All blueprints: one a feature."""

from reviewtool.web.accounts.views import blueprint as accounts
from reviewtool.web.approvals import blueprint as approvals
from reviewtool.web.approvals.overview import blueprint as approval_overview
from reviewtool.web.boxes import blueprint as boxes
from reviewtool.web.contributions import blueprint as contributions
from reviewtool.web.deputies import blueprint as deputies
from reviewtool.web.desk.views import blueprint as desk
from reviewtool.web.drafts.routes import blueprint as drafts
from reviewtool.web.easy import blueprint as easy
from reviewtool.web.editions import blueprint as editions
from reviewtool.web.figures import blueprint as figures
from reviewtool.web.front.views import blueprint as front
from reviewtool.web.handbooks.views import blueprint as handbooks
from reviewtool.web.health.views import blueprint as health
from reviewtool.web.imports.views import blueprint as imports
from reviewtool.web.interviews import editing as interviews
from reviewtool.web.interviews import reading as interview
from reviewtool.web.ledger.views import blueprint as ledger
from reviewtool.web.links.views import blueprint as links
from reviewtool.web.mailbox.views import blueprint as mailbox
from reviewtool.web.meetings import blueprint as meetings
from reviewtool.web.merge import blueprint as merge
from reviewtool.web.messages.views import blueprint as messages
from reviewtool.web.participant import blueprint as participant
from reviewtool.web.people import blueprint as people
from reviewtool.web.pictures.views import blueprint as pictures
from reviewtool.web.process import blueprint as process
from reviewtool.web.public.views import blueprint as public
from reviewtool.web.replies.views import blueprint as replies
from reviewtool.web.rounds.views import blueprint as rounds
from reviewtool.web.sections.routes import blueprint as sections
from reviewtool.web.starting_texts import blueprint as starting_texts
from reviewtool.web.stories.views import blueprint as stories
from reviewtool.web.structure.routes import blueprint as structure
from reviewtool.web.workshops import editing as workshops
from reviewtool.web.workshops import joining_blueprint as joining
from reviewtool.web.workshops import taking_part as workshop

BLUEPRINTS = (
    boxes,
    deputies,
    process,
    people,
    rounds,
    merge,
    ledger,
    contributions,
    structure,
    workshops,
    workshop,
    interviews,
    interview,
    joining,
    sections,
    imports,
    handbooks,
    drafts,
    desk,
    front,
    participant,
    accounts,
    links,
    health,
    public,
    pictures,
    figures,
    stories,
    approvals,
    approval_overview,
    mailbox,
    messages,
    meetings,
    starting_texts,
    easy,
    editions,
    replies,
)
