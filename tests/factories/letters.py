"""One process that mails every kind of message, each written while it is relevant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.approvals import Decision
from reviewtool.domain.contributions import NameShown
from reviewtool.domain.days import local_day
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.letter import Letter
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.models.people import Address
from reviewtool.models.sections import Revision
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.services import (
    interviews,
    merging,
    phases,
    reminders,
    replies,
    statements,
    turns,
    workshop_minutes,
    workshop_reminders,
    workshop_tables,
)
from reviewtool.services.accounts import ask_for_sign_in
from reviewtool.services.answers import Answering, answer
from reviewtool.services.carries import carry
from reviewtool.services.corrections import correct_draft
from reviewtool.services.delegation import pass_on
from reviewtool.services.deputies import Naming, name_deputy
from reviewtool.services.interviews import Held
from reviewtool.services.invitations import decline
from reviewtool.services.late import leave_out
from reviewtool.services.links import send_again
from reviewtool.services.publication import publish
from reviewtool.services.readiness import say_nothing, say_ready
from reviewtool.services.signups import confirm, sign_up
from reviewtool.services.statement_members import ask_colleague
from reviewtool.services.succession import name_successor
from reviewtool.services.workshop_cancelling import cancel_workshop
from reviewtool.services.workshops import plan_workshop
from tests.factories.answers import text_version
from tests.factories.approvals import approval_lines, decide_all
from tests.factories.contributions import Table, say
from tests.factories.interviews import VILJA, note
from tests.factories.mail import REQUEST, newest, open_post, write
from tests.factories.people import link_actor, make_invitee, make_person
from tests.factories.rounds import make_round, plan_phase
from tests.factories.texts import make_draft
from tests.factories.workshops import make_workshop, workshop_plan

Letters = dict[tuple[MessageKind, str], Letter]


class Story:
    """The process as it goes on, and the letters that it has caused so far."""

    def __init__(self, installation: Installation, clock: SetClock) -> None:
        """Begin with nothing."""
        self.installation = installation
        self.clock = clock
        self.letters: Letters = {}

    def keep(self, kind: MessageKind) -> None:
        """Write the newest message of a kind in every language."""
        message_id = newest(self.installation, kind)
        for language in LANGUAGES:
            written = write(self.installation, message_id, language)
            assert written is not None, f"{kind} is not relevant"
            self.letters[kind, language] = written

    def link_of(self, kind: MessageKind) -> str:
        """Give the link of the newest message of a kind."""
        with self.installation.database.read() as session:
            return session.get_one(Message, newest(self.installation, kind)).context["link"]

    def round(self) -> Table:
        """Hold the comment round, up to an extension of its time."""
        site = self.installation
        table = open_post(site, people=3)
        first, second, _third = table.actors
        self.keep(MessageKind.INVITATION)
        say(site, table, first, "Ryhmiä on muuallakin.", quote="Mukaan voi tulla")
        say(site, table, first, "Selkeämpi.", quote="kerran viikossa", replacement="joka viikko")
        self._reply(table)
        say_nothing(site, link_actor(site, table.round.people[0]), table.round.texts.second)
        say_ready(site, link_actor(site, table.round.people[0]))
        self.keep(MessageKind.RECEIPT)
        assert second.link_id is not None
        send_again(site, second.link_id)
        self.keep(MessageKind.NEW_LINK)
        pass_on(site, second, "Kaisa Kollega", "kaisa@jarjesto.example.org", new_id())
        self.keep(MessageKind.PASSED_ON)
        sign_up(
            site, table.round.phase_id, make_invitee("Ilmo Ilmoittautuja", organisation="Apu ry")
        )
        self.keep(MessageKind.CONFIRMATION)
        confirm(site, self.link_of(MessageKind.CONFIRMATION))
        self.keep(MessageKind.SIGNED_UP)
        self._remind(table)
        phases.extend(
            site, table.round.editor, table.round.phase_id, date(2026, 10, 16), "Loma.", new_id()
        )
        self.keep(MessageKind.EXTENDED)
        self._replace(table)
        self._statement(table)
        return table

    def _reply(self, table: Table) -> None:
        """Reply to the first person's comment, and tell of it the next morning."""
        site, first = self.installation, table.actors[0]
        now = self.clock.at
        with site.database.read() as session:
            said = session.scalars(
                select(Contribution.id)
                .where(Contribution.author_id == first.person_id)
                .order_by(Contribution.number)
            ).first()
        assert said is not None
        turns.reply(site, table.actors[1], said, "Meilläkin on.\n\nKeskiviikkoisin.", new_id())
        self.clock.at = now + timedelta(days=1)
        replies.tick(site)
        self.keep(MessageKind.REPLIES)
        self.clock.at = now

    def _statement(self, table: Table) -> None:
        """Let the one who holds a joint statement decline; a colleague holds it then."""
        site, made = self.installation, table.round
        owner = link_actor(site, make_person(site, made.editor, made.phase_id, "Liisa Lausuja"))
        statements.begin(site, owner, new_id())
        ask_colleague(site, owner, "Kalle Kollega", "kalle@jarjesto.example.org", new_id())
        decline(site, owner, "", new_id())
        self.keep(MessageKind.STATEMENT_HOLDER)

    def _replace(self, table: Table) -> None:
        """Name a deputy and a successor of the third person."""
        site, made = self.installation, table.round
        person, today = made.people[2], local_day(self.clock.now(), "Europe/Helsinki")
        naming = Naming("Sini Sijainen", "sini@jarjesto.example.org", today, today)
        name_deputy(site, made.editor, made.handbook.id, person.id, naming, new_id())
        self.keep(MessageKind.DEPUTY)
        name_successor(
            site, made.editor, made.handbook.id, person.id,
            "Sanna Seuraaja", "sanna@jarjesto.example.org", new_id(),
        )  # fmt: skip
        self.keep(MessageKind.SUCCESSOR)
        self.keep(MessageKind.SUCCEEDED)

    def _remind(self, table: Table) -> None:
        closes_on = table.round.closes_on
        plan_phase(self.installation, table.round.editor, table.round.phase_id, reminder_days=(3,))
        morning = datetime.combine(closes_on - timedelta(days=3), time(7), UTC)
        self.clock.at = morning
        reminders.tick(self.installation)
        self.keep(MessageKind.REMINDER)

    def answers(self, table: Table) -> None:
        """Take the suggestion, answer the comment, and freeze draft 2."""
        site, editor = self.installation, table.round.editor
        with site.database.read() as session:
            rows = session.scalars(select(Contribution).order_by(Contribution.number)).all()
        comment, suggestion = rows
        version = text_version(site, table.section_id)
        merging.take(site, editor, [suggestion.id], version, new_id())
        answer(site, editor, [suggestion.id], Answering(AnswerKind.TAKEN, ""), new_id())
        reason = "Maininta laajennetaan seuraavassa luonnoksessa."
        answer(site, editor, [comment.id], Answering(AnswerKind.NOT_TAKEN, reason), new_id())
        phases.close(site, editor, table.round.phase_id, new_id())
        make_draft(site, editor, table.round.handbook.id)
        self.keep(MessageKind.ANSWERS)

    def publish(self, table: Table) -> None:
        """Publish draft 2."""
        made = table.round
        with self.installation.database.read() as session:
            draft = newest_draft(session, made.handbook.id)
        assert draft is not None
        publish(self.installation, made.editor, made.handbook.id, draft.id, "Kiireellinen.")
        self.keep(MessageKind.PUBLISHED)

    def late(self, table: Table) -> None:
        """Leave out what came after the end."""
        site, actor = self.installation, link_actor(self.installation, table.round.people[0])
        words = "Ehtisikö tämä vielä mukaan?"
        sent = say(site, table, actor, words, section_id=table.round.texts.first, late=True)
        reason = "Luonnos on jo vahvistettu. Palataan tähän seuraavalla kierroksella."
        leave_out(site, table.round.editor, sent, reason, new_id())
        self.keep(MessageKind.LATE_DECIDED)

    def approval(self) -> None:
        """Ask for approvals, get one, and carry it over an editorial change."""
        site = self.installation
        made = make_round(site, key="approval", people=0, open_to_all=False, opened=False)
        plan_phase(site, made.editor, made.phase_id, request=REQUEST)
        person = make_person(
            site, made.editor, made.phase_id, "Kerttu Koordinaattori",
            organisation="Espoon kaupunki", kind="municipality",
        )  # fmt: skip
        phases.open_phase(site, made.editor, made.phase_id, new_id())
        self.keep(MessageKind.APPROVAL_REQUEST)
        line = next(
            one for one in approval_lines(site, made.phase_id) if one.section_id == made.texts.first
        )
        actor = link_actor(site, person)
        decide_all(site, actor, [line], Decision.WITH_COMMENTS, "Esimerkki olisi hyvä.")
        self.keep(MessageKind.APPROVAL_RECEIPT)
        with site.database.read() as session:
            text = session.get_one(Revision, line.revision_id).text
        correct_draft(
            site, made.editor, made.draft_id, line.section_id, "fi",
            base_revision_id=line.revision_id,
            text=text.replace("kerran viikossa", "joka viikko"),
            reason="Kirjoitusvirhe.",
        )  # fmt: skip
        self.keep(MessageKind.APPROVAL_LAPSED)
        corrected = next(
            one for one in approval_lines(site, made.phase_id) if one.section_id == line.section_id
        )
        carry(
            site, made.editor, made.phase_id, line.section_id,
            to_revision_id=corrected.revision_id, note="Sanajärjestys korjattu.",
        )  # fmt: skip
        self.keep(MessageKind.APPROVAL_CARRIED)

    def workshop(self, table: Table) -> None:
        """Invite to a workshop, move it, and send its minutes."""
        site = self.installation
        made = make_workshop(site, people=1, key="workshop-experts", handbook=table.round.handbook)
        self.keep(MessageKind.WORKSHOP_INVITATION)
        plan = workshop_plan(made.starts_at, version=1, place="Kirjasto, Espoo")
        plan_workshop(site, made.editor, made.phase_id, plan, new_id())
        self.keep(MessageKind.WORKSHOP_CHANGED)
        self.clock.at = made.starts_at - timedelta(hours=20)
        workshop_reminders.tick(site)
        self.keep(MessageKind.WORKSHOP_REMINDER)
        workshop_tables.note_presence(
            site, made.editor, made.people[0].invitation_id, True, new_id()
        )
        workshop_minutes.draw_up(site, made.editor, made.phase_id, 0, new_id())
        workshop_minutes.send(site, made.editor, made.phase_id, 1, new_id(), final=False)
        self.keep(MessageKind.WORKSHOP_MINUTES)
        why = "Tilan vesijohto on rikki."
        cancel_workshop(site, made.editor, made.phase_id, why, new_id())
        self.keep(MessageKind.WORKSHOP_CANCELLED)

    def interview(self, table: Table) -> None:
        """Note what a coordinator said, and send the notes."""
        site, round_ = self.installation, table.round
        held = Held(date(2026, 9, 14), "hyvinvointikoordinaattori", NameShown.NAME, quotable=True)
        interview_id = interviews.hold(
            site, round_.editor, round_.handbook.phases["interviews"], VILJA, held, new_id()
        )
        said = [note(table.section_id), note(None, "Kokonaisuus on selkeä.")]
        interviews.add_notes(site, round_.editor, interview_id, said, new_id())
        interviews.send(site, round_.editor, interview_id, new_id())
        self.keep(MessageKind.INTERVIEW_NOTES)

    def sign_in(self, person_id: str) -> None:
        """Ask for a sign-in link."""
        with self.installation.database.read() as session:
            address = session.scalars(
                select(Address.written).where(Address.person_id == person_id)
            ).one()
        ask_for_sign_in(self.installation, address)
        self.keep(MessageKind.SIGN_IN)


def every_letter(installation: Installation, clock: SetClock) -> Letters:
    """Write each kind of message in each language."""
    story = Story(installation, clock)
    table = story.round()
    story.answers(table)
    story.late(table)
    story.approval()
    story.interview(table)
    story.sign_in(table.round.editor.person_id or "")
    story.workshop(table)
    story.publish(table)
    return story.letters
