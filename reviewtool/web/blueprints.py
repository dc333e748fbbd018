"""All blueprints: one a feature."""

from reviewtool.web.accounts.views import blueprint as accounts
from reviewtool.web.front.views import blueprint as front
from reviewtool.web.health.views import blueprint as health
from reviewtool.web.links.views import blueprint as links

BLUEPRINTS = (front, accounts, links, health)
