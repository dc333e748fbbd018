"""After a workshop: flip charts, decisions in the minutes, sending and correcting them."""

from io import BytesIO

import docx
import pytest
from PIL import Image
from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Channel, ContributionKind, Sharing
from reviewtool.domain.files import Upload
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.i18n import speaking
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, Blob, File
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.models.workshops import WorkshopMinutes, WorkshopMinutesSent
from reviewtool.office.minutes import Minutes, write_minutes
from reviewtool.queries.minutes import material, minutes_page
from reviewtool.services import phases, workshop_minutes, workshop_rooms, workshop_tables
from reviewtool.services.answers import Answering, answer, mark_used
from reviewtool.services.proposals import Decision
from reviewtool.services.structure import rename_section
from reviewtool.services.workshop_charts import ChartLine, record_chart
from reviewtool.wording.minutes import minutes_body
from tests.factories.mail import newest, write
from tests.factories.people import link_actor
from tests.factories.workshops import MadeWorkshop, actors_of, head_of, room_of, running


def add(title: str) -> Proposed:
    return Proposed(ProposalAct.ADD, title=title, kind=SectionKind.ACTIVITY)


def photo() -> Upload:
    """Make a small photograph that tells where it was taken."""
    image, out = Image.new("RGB", (80, 60), "white"), BytesIO()
    exif = image.getexif()
    exif[0x010E] = "Kotikatu 1"
    image.save(out, "JPEG", exif=exif)
    return Upload("fläppi.jpg", out.getvalue())


def minutes_of(installation: Installation, made: MadeWorkshop) -> tuple[str, int]:
    with installation.database.read() as session:
        row = session.get_one(WorkshopMinutes, made.phase_id)
        return row.text, row.version


def mails(installation: Installation) -> list[Message]:
    with installation.database.read() as session:
        kind = MessageKind.WORKSHOP_MINUTES
        return list(session.scalars(select(Message).where(Message.kind == kind)))


def held(installation: Installation, clock: SetClock) -> MadeWorkshop:
    """Hold a workshop in which two proposals and a feature were said, and one was decided."""
    made, groups = running(installation, clock)
    first, second = actors_of(installation, made)
    workshop_rooms.enter_group(installation, first, groups[0], new_id())
    one = workshop_rooms.propose(installation, first, add("Velkaneuvonta"), "Kasvaa.", new_id())
    workshop_rooms.propose(installation, second, add("Digituki"), "", new_id())
    workshop_rooms.feature(installation, first, made.texts.first, "Vertainen *itse*.", new_id())
    theme = workshop_tables.add_theme(
        installation, made.editor, made.phase_id, "Toimeentulo", new_id()
    )
    workshop_tables.sort_entry(installation, made.editor, one, theme, new_id())
    phases.close(installation, made.editor, made.phase_id, new_id())
    answering = Answering(AnswerKind.NOT_TAKEN, "Kunta hoitaa sen.")
    answer(installation, made.editor, [one], answering, new_id())
    return made


def test_a_flip_chart_is_recorded_on_behalf_of_its_group_with_the_photo(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock)
    phases.close(installation, made.editor, made.phase_id, new_id())
    clock.advance(days=2)
    lines = [
        ChartLine("Kysyntä kasvaa.", proposed=add("Velkaneuvonta")),
        ChartLine("Vertainen tavoittaa.", made.texts.first),
    ]
    request = new_id()
    ids = record_chart(installation, made.editor, groups[0], lines, request, [photo()])
    again = record_chart(installation, made.editor, groups[0], lines, request, [photo()])
    assert ids == again
    with installation.database.read() as session:
        rows = session.scalars(select(Contribution).order_by(Contribution.number)).all()
        assert [row.kind for row in rows] == [ContributionKind.PROPOSAL, ContributionKind.FEATURE]
        assert {row.channel for row in rows} == {Channel.WORKSHOP}
        assert {row.recorded_by_id for row in rows} == {made.editor.person_id}
        assert {row.said_on for row in rows} == {made.starts_at.date()}
        (author,) = {row.author_id for row in rows}
        assert session.get_one(Person, author).name == "Ryhmä 1"
        assert len(session.scalars(select(Attachment.contribution_id)).all()) == 2
        content = session.scalars(select(Blob.content).join(File, File.sha256 == Blob.sha256)).one()
    assert b"Kotikatu" not in content
    actor = link_actor(installation, made.people[0])
    assert {one.line.name for one in room_of(installation, actor, made).entries} == {"Ryhmä 1"}


def test_nothing_of_a_chart_is_recorded_where_a_line_is_wrong(
    installation: Installation, clock: SetClock
) -> None:
    made, groups = running(installation, clock)
    lines = [ChartLine("Hyvä."), ChartLine("", proposed=Proposed(ProposalAct.DROP))]
    with pytest.raises(Refused) as refused:
        record_chart(installation, made.editor, groups[0], lines, new_id())
    assert refused.value.reason is Reason.SECTION_MISSING
    with installation.database.read() as session:
        assert session.scalars(select(Contribution.id)).all() == []


def test_the_minutes_hold_what_was_said_with_decisions_and_reasons(
    installation: Installation, clock: SetClock
) -> None:
    made = held(installation, clock)
    workshop_minutes.draw_up(installation, made.editor, made.phase_id, 0, new_id())
    text, _version = minutes_of(installation, made)
    for words in (
        "Järjestötalo, Kirkkokatu 5, Espoo",
        "2 henkilöä: Yhdistys",
        "### Toimeentulo",
        "Velkaneuvonta",
        "Kasvaa. (Ryhmä 1)",
        "Päätös: ei toteuteta. Kunta hoitaa sen.",
        "### Muut ehdotukset",
        "Päätös tehdään myöhemmin.",
        "### Vertaistuki",
        r"Vertainen \*itse\*.",
    ):
        assert words in text
    assert "Henkilö 1" not in text, "organisations by default"


def body_of(installation: Installation, made: MadeWorkshop) -> str:
    with installation.database.read() as session, speaking("fi", "Europe/Helsinki"):
        return minutes_body(material(session, made.editor, head_of(installation, made)))


def test_what_was_proposed_is_told_by_the_names_of_then_and_what_was_done_instead(
    installation: Installation, clock: SetClock
) -> None:
    made, _groups = running(installation, clock)
    first, second = actors_of(installation, made)
    rename = Proposed(ProposalAct.RENAME, section_id=made.texts.first, title="Vertaiset")
    one = workshop_rooms.propose(installation, first, rename, "", new_id())
    two = workshop_rooms.propose(installation, second, add("Digituki"), "", new_id())
    asked = "”Vertaistuki” uudelle nimelle: ”Vertaiset”"
    assert asked in body_of(installation, made)
    clock.advance(minutes=5)
    phases.close(installation, made.editor, made.phase_id, new_id())

    def name(section_id: str, title: str, decision: Decision | None = None) -> None:
        rename_section(installation, made.editor, section_id, "fi", title, new_id(), decision)

    name(made.texts.first, "Vertaiset", Decision(one))
    name(made.texts.second, "Digi", Decision(two, "Ryhmät ovat samoja."))
    clock.advance(minutes=5)
    name(made.texts.second, "Muu")
    body = body_of(installation, made)
    assert asked in body
    named = "”Vapaaehtoistoiminta” sai nimen ”Digi”."
    assert f"Päätös: toteutetaan toisella tavalla. {named} Ryhmät ovat samoja." in body


def test_what_final_minutes_lack_and_what_made_them_old_is_counted(
    installation: Installation, clock: SetClock
) -> None:
    made = held(installation, clock)
    clock.advance(minutes=5)
    workshop_minutes.draw_up(installation, made.editor, made.phase_id, 0, new_id())
    workshop_minutes.send(installation, made.editor, made.phase_id, 1, new_id(), final=False)
    workshop_minutes.correct(installation, actors_of(installation, made)[0], "Ei niin.", new_id())

    def counts() -> tuple[int, int, int]:
        with installation.database.read() as session:
            page = minutes_page(session, made.editor, made.phase_id)
        return page.undecided, page.unanswered, page.decided_since

    assert counts() == (2, 1, 0)
    clock.advance(minutes=5)
    with installation.database.read() as session:
        said = session.scalars(
            select(Contribution.id).where(Contribution.kind == ContributionKind.FEATURE)
        ).one()
    mark_used(installation, made.editor, [said], True, new_id())
    assert counts() == (1, 1, 1)


def test_minutes_are_sent_to_those_who_were_there_and_stay_as_sent(
    installation: Installation, clock: SetClock
) -> None:
    made = held(installation, clock)
    workshop_tables.note_presence(
        installation, made.editor, made.people[1].invitation_id, False, new_id()
    )
    workshop_minutes.draw_up(installation, made.editor, made.phase_id, 0, new_id())
    _text, version = minutes_of(installation, made)
    request = new_id()
    send = workshop_minutes.send
    assert send(installation, made.editor, made.phase_id, version, request, final=False) == 1
    assert send(installation, made.editor, made.phase_id, version, request, final=False) == 0
    assert [mail.person_id for mail in mails(installation)] == [made.people[0].id]
    workshop_minutes.write(
        installation, made.editor, made.phase_id, "Lyhyt muistio.", version, new_id()
    )
    with installation.database.read() as session:
        (sent,) = session.scalars(select(WorkshopMinutesSent))
        assert "Velkaneuvonta" in sent.text
    with pytest.raises(Refused) as refused:
        send(installation, made.editor, made.phase_id, version, new_id(), final=True)
    assert refused.value.reason is Reason.EDIT_CONFLICT


def test_a_correction_is_a_contribution_that_only_the_editors_see(
    installation: Installation, clock: SetClock
) -> None:
    made = held(installation, clock)
    first, second = actors_of(installation, made)
    with pytest.raises(Refused):
        workshop_minutes.correct(installation, first, "Sanoin toisin.", new_id())
    workshop_minutes.draw_up(installation, made.editor, made.phase_id, 0, new_id())
    _text, version = minutes_of(installation, made)
    workshop_minutes.send(installation, made.editor, made.phase_id, version, new_id(), final=False)
    request = new_id()
    said = workshop_minutes.correct(installation, first, "Sanoin toisin.", request)
    assert workshop_minutes.correct(installation, first, "Sanoin toisin.", request) == said
    with installation.database.read() as session:
        row = session.get_one(Contribution, said)
        assert (row.sharing, row.channel) == (Sharing.NOBODY, Channel.WORKSHOP)
        page = minutes_page(session, made.editor, made.phase_id)
        assert [one.words for one in page.corrections] == ["Sanoin toisin."]
        assert page.corrections[0].is_open
        assert minutes_page(session, second, made.phase_id).corrections == ()
    workshop_minutes.send(installation, made.editor, made.phase_id, version, new_id(), final=True)
    with pytest.raises(Refused) as refused:
        workshop_minutes.correct(installation, first, "Vielä yksi.", new_id())
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_no_mail_tells_of_minutes_that_newer_ones_have_replaced(
    installation: Installation, clock: SetClock
) -> None:
    made = held(installation, clock)
    workshop_minutes.draw_up(installation, made.editor, made.phase_id, 0, new_id())
    workshop_minutes.send(installation, made.editor, made.phase_id, 1, new_id(), final=False)
    old = newest(installation, MessageKind.WORKSHOP_MINUTES)
    assert write(installation, old) is not None
    clock.advance(minutes=1)
    workshop_minutes.send(installation, made.editor, made.phase_id, 1, new_id(), final=True)
    assert write(installation, old) is None


def test_two_editors_overwrite_nobodys_minutes(installation: Installation, clock: SetClock) -> None:
    made = held(installation, clock)
    workshop_minutes.write(installation, made.editor, made.phase_id, "Ensimmäinen.", 0, new_id())
    with pytest.raises(Refused) as refused:
        workshop_minutes.write(installation, made.editor, made.phase_id, "Toinen.", 0, new_id())
    assert refused.value.reason is Reason.EDIT_CONFLICT


def test_participants_write_no_minutes(installation: Installation, clock: SetClock) -> None:
    made = held(installation, clock)
    (actor, _other) = actors_of(installation, made)
    with pytest.raises(Refused):
        workshop_minutes.write(installation, actor, made.phase_id, "Minun.", 0, new_id())
    with pytest.raises(Refused):
        workshop_minutes.draw_up(installation, actor, made.phase_id, 0, new_id())


def test_the_word_file_holds_the_same_headings_and_words() -> None:
    body = "## Päätökset\n\n- **Velkaneuvonta**\n\nLoppusanat."
    content = write_minutes(Minutes("Työpaja", "Käsikirja", body, "fi"))
    document = docx.Document(BytesIO(content))
    shown = [
        (paragraph.style.name if paragraph.style else "", paragraph.text)
        for paragraph in document.paragraphs
    ]
    assert shown == [
        ("Title", "Työpaja"),
        ("Normal", "Käsikirja"),
        ("Heading 1", "Päätökset"),
        ("List Bullet", "Velkaneuvonta"),
        ("Normal", "Loppusanat."),
    ]
