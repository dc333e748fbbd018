"""Sign-ups that nobody confirms go, with all that only they brought in, and nothing else."""

from datetime import timedelta

from sqlalchemy import func, select

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.trace import TraceRow
from reviewtool.services import signups
from reviewtool.services._asked_mail import CONFIRM_LIVES
from reviewtool.services.ticks import tick
from reviewtool.services.unconfirmed import KEPT, clear_unconfirmed
from tests.factories.people import make_invitee
from tests.factories.rounds import make_round

TABLES = (Invitation, Link, Message, Person, Address, Organisation)


def counts(installation: Installation) -> list[int]:
    with installation.database.read() as session:
        return [session.scalar(select(func.count()).select_from(of)) or 0 for of in TABLES]


def test_nothing_of_an_unconfirmed_sign_up_is_kept(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1, days=60)
    before = counts(installation)
    clock.at += timedelta(minutes=1)
    stranger = make_invitee("Toisen Nimi", organisation="Keksitty ry")
    signups.sign_up(installation, made.phase_id, stranger)
    assert counts(installation) == [number + 1 for number in before]
    with installation.database.read() as session:
        traced = session.scalar(select(func.count()).select_from(TraceRow))
    clock.at += KEPT - timedelta(minutes=1)
    assert clear_unconfirmed(installation) == 0
    clock.at += timedelta(minutes=1)
    tick(installation)
    with installation.database.read() as session:
        assert session.scalar(select(Person.id).where(Person.name == "Toisen Nimi")) is None
        assert "Keksitty ry" not in session.scalars(select(Organisation.name)).all()
        assert session.scalar(select(func.count()).select_from(TraceRow)) == traced
        kinds = set(session.scalars(select(Message.kind)))
    assert MessageKind.CONFIRMATION not in kinds
    assert clear_unconfirmed(installation) == 0


def test_what_was_known_before_or_is_used_since_stays(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=1, days=60)
    elsewhere = make_round(installation, people=0, days=60)
    (known,) = made.people
    clock.at += timedelta(minutes=1)
    signups.sign_up(
        installation, elsewhere.phase_id, make_invitee(known.name, address=known.address)
    )
    fresh = make_invitee("Toinen Henkilö", organisation="Yhteinen ry")
    other = make_invitee("Kolmas Henkilö", organisation="Yhteinen ry")
    signups.sign_up(installation, made.phase_id, fresh)
    signups.sign_up(installation, made.phase_id, other)
    with installation.database.read() as session:
        mail = session.scalars(
            select(Message)
            .join(Person, Person.id == Message.person_id)
            .where(Message.kind == MessageKind.CONFIRMATION, Person.name == "Kolmas Henkilö")
        ).one()
    signups.confirm(installation, mail.context["link"])
    clock.at += KEPT
    assert clear_unconfirmed(installation) == 2
    with installation.database.read() as session:
        names = set(session.scalars(select(Person.name)))
        assert {known.name, "Kolmas Henkilö"} <= names
        assert "Toinen Henkilö" not in names
        organisations = set(session.scalars(select(Organisation.name)))
        states = set(session.scalars(select(Invitation.state)))
    assert "Yhteinen ry" in organisations
    assert InvitationState.UNCONFIRMED not in states


def test_a_fresh_confirmation_link_keeps_an_old_sign_up(
    installation: Installation, clock: SetClock
) -> None:
    made = make_round(installation, people=0, days=60)
    who = make_invitee("Uusi Kasvo")
    signups.sign_up(installation, made.phase_id, who)
    clock.at += KEPT - timedelta(hours=1)
    signups.sign_up(installation, made.phase_id, who)
    clock.at += timedelta(days=1)
    assert clear_unconfirmed(installation) == 0
    clock.at += CONFIRM_LIVES
    assert clear_unconfirmed(installation) == 1
