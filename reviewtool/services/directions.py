"""Use cases of the one who runs the installation: ways in, to print on their own terminal."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.links import Purpose
from reviewtool.infra.installation import Installation
from reviewtool.mail.addresses import link_url, site
from reviewtool.queries.directions import PersonalLink, first_people
from reviewtool.services._links import make_short_link
from reviewtool.services.accounts import SIGN_IN_LIVES


@dataclass(frozen=True)
class Way:
    """A way in: whose it is, and its address."""

    name: str
    url: str


@dataclass(frozen=True)
class Directions:
    """Where to go; None for what there is not yet."""

    front: str
    editor: Way | None
    expert: Way | None
    coordinator: Way | None
    mailbox: str | None
    """None where mail goes to a server."""


def directions(installation: Installation) -> Directions:
    """Give a way in for each kind of user, with a fresh sign-in link for the editor's."""
    with installation.database.read() as session:
        first = first_people(session, SYSTEM)
    address = site(installation.settings)
    editor = None
    if first.administrator is not None:
        person_id, name = first.administrator
        editor = Way(name, sign_in_link(installation, person_id))
    return Directions(
        front=address,
        editor=editor,
        expert=_way(installation, first.expert),
        coordinator=_way(installation, first.coordinator),
        mailbox=None if installation.settings.smtp_url else f"{address}/mailbox",
    )


def sign_in_link(installation: Installation, person_id: str) -> str:
    """Make a link that signs a person's account in once, without mailing it."""
    now = installation.clock.now()
    with installation.database.write() as session:
        link = make_short_link(
            session, now, person_id=person_id, purpose=Purpose.SIGN_IN, lives=SIGN_IN_LIVES
        )
    return link_url(installation.settings, link.id, link.generation)


def _way(installation: Installation, link: PersonalLink | None) -> Way | None:
    if link is None:
        return None
    return Way(link.name, link_url(installation.settings, link.id, link.generation))
