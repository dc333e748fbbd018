"""Recording on behalf: nothing lost, nothing doubled, the original kept, the person told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    Sharing,
)
from reviewtool.domain.files import Upload
from reviewtool.domain.invitations import Origin
from reviewtool.domain.masking import MASK
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.passages import Range
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.files import Attachment, Blob, File
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.services import recording, turns
from reviewtool.services._contributions import Words
from reviewtool.services.recording import Recorded, Said, Speaker
from tests.factories.answers import DAY, MadeBench, make_bench, said
from tests.factories.rounds import plan_phase
from tests.factories.texts import working_text

SEPPO = Speaker("Seppo Salo", address="seppo@example.org", organisation="Kylä ry")
PDF = Upload("lausunto.pdf", b"%PDF-1.7 ...")


@pytest.fixture
def bench(installation: Installation) -> MadeBench:
    """Give a text in a frozen draft."""
    return make_bench(installation)


def record(
    installation: Installation,
    bench: MadeBench,
    said: list[Said],
    *,
    speaker: Speaker = SEPPO,
    originals: tuple[Upload, ...] = (PDF,),
    day: date = DAY,
    request_id: str = "",
) -> Recorded:
    return recording.record(
        installation, bench.editor, bench.phase_id, speaker, Channel.PAPER, day, said,
        request_id or new_id(), originals,
    )  # fmt: skip


def comment(bench: MadeBench, words: str = "Lisää esimerkki.") -> Said:
    return Said(ContributionKind.COMMENT, Words(words), bench.section_id)


def test_several_at_once_share_the_original_and_get_one_receipt(
    installation: Installation, bench: MadeBench
) -> None:
    revision_id, text = working_text(installation, bench.section_id)
    start = text.index("koulutetut")
    passage = Said(
        ContributionKind.SUGGESTION,
        Words("", "kokeneet"),
        bench.section_id,
        revision_id,
        Range(start, start + len("koulutetut")),
    )
    whole = Said(ContributionKind.COMMENT, Words("Hyvä kokonaisuus."))
    made = record(installation, bench, [comment(bench), passage, whole])
    assert made.numbers == (1, 2, 3)
    assert made.receipt
    with installation.database.read() as session:
        rows = [session.get_one(Contribution, one) for one in made.contribution_ids]
        assert [row.quote for row in rows] == ["", "koulutetut", ""]
        assert {row.channel for row in rows} == {Channel.PAPER}
        assert {row.said_on for row in rows} == {DAY}
        assert {row.recorded_by_id for row in rows} == {bench.editor.person_id}
        assert {row.author_id for row in rows} == {made.person_id}
        assert {row.sharing for row in rows} == {Sharing.NOBODY}
        assert {row.state for row in rows} == {ContributionState.RECEIVED}
        assert session.scalar(select(func.count()).select_from(Attachment)) == 3
        assert session.scalar(select(func.count()).select_from(Blob)) == 1
        (file,) = session.scalars(select(File)).all()
        assert (file.name, file.media_type) == ("lausunto.pdf", "application/pdf")
        (invitation,) = session.scalars(
            select(Invitation).where(Invitation.person_id == made.person_id)
        ).all()
        assert invitation.origin is Origin.RECORDED
        (mail,) = session.scalars(select(Message).where(Message.kind == MessageKind.RECEIPT)).all()
        assert mail.person_id == made.person_id


def test_pressing_twice_records_once(installation: Installation, bench: MadeBench) -> None:
    request = new_id()
    first = record(installation, bench, [comment(bench)], request_id=request)
    again = record(installation, bench, [comment(bench)], request_id=request)
    assert first.contribution_ids == again.contribution_ids
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Contribution)) == 1
        assert session.scalar(select(func.count()).select_from(Message)) == 1


def test_a_form_sent_again_with_other_words_loses_neither(
    installation: Installation, bench: MadeBench
) -> None:
    request = new_id()
    first = record(installation, bench, [comment(bench, "Ensin näin.")], request_id=request)
    second = record(installation, bench, [comment(bench, "Sitten näin.")], request_id=request)
    assert (first.numbers, second.numbers) == ((1,), (2,))
    assert first.person_id == second.person_id


def test_without_an_address_nobody_is_mailed_and_the_person_is_known_next_time(
    installation: Installation, bench: MadeBench
) -> None:
    made = record(installation, bench, [comment(bench)], speaker=Speaker("Aili Aalto"))
    assert not made.receipt
    again = record(
        installation, bench, [comment(bench, "Lisää vielä.")],
        speaker=Speaker("", person_id=made.person_id),
    )  # fmt: skip
    assert again.person_id == made.person_id
    stranger = make_bench(installation).editor.person_id
    with pytest.raises(Refused):
        record(installation, bench, [comment(bench)], speaker=Speaker("", person_id=stranger))


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (Upload("lausunto.pdf", b"MZ\x90\x00"), Reason.BAD_FILE),
        (Upload("ohjelma.exe", b"MZ\x90\x00"), Reason.BAD_FILE),
        (Upload("tyhja.pdf", b""), Reason.BAD_FILE),
        (Upload("suuri.txt", b"a" * (21 * 1024 * 1024)), Reason.FILE_TOO_LARGE),
    ],
)
def test_a_file_that_is_not_taken_records_nothing(
    installation: Installation, bench: MadeBench, upload: Upload, reason: Reason
) -> None:
    with pytest.raises(Refused) as refused:
        record(installation, bench, [comment(bench)], originals=(upload,))
    assert refused.value.reason is reason
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Contribution)) == 0


def test_nothing_said_a_day_to_come_or_a_bad_address_is_refused(
    installation: Installation, bench: MadeBench
) -> None:
    for reason, arguments in (
        (Reason.EMPTY, {"said": [comment(bench, "  ")]}),
        (Reason.DATES_WRONG, {"said": [comment(bench)], "day": DAY + timedelta(days=30)}),
        (
            Reason.BAD_ADDRESS,
            {"said": [comment(bench)], "speaker": Speaker("Aili", address="ei osoite")},
        ),
    ):
        with pytest.raises(Refused) as refused:
            record(installation, bench, **arguments)  # type: ignore[arg-type]
        assert refused.value.reason is reason


def test_a_third_persons_data_is_masked_everywhere_with_a_mark(
    installation: Installation, bench: MadeBench
) -> None:
    one = said(installation, bench, "Ohjaaja Matti Meikäläinen (040 123) oli poissa. matti myös.")
    turns.add_note(installation, bench.editor, one, "Kysytään Matti Meikäläiseltä.", new_id())
    fragments = ["Matti Meikäläinen", "Matti", "040 123"]
    assert recording.mask(installation, bench.editor, one, fragments, new_id()) == 4
    with installation.database.read() as session:
        row = session.get_one(Contribution, one)
        assert row.words == f"Ohjaaja {MASK} ({MASK}) oli poissa. {MASK} myös."
        assert row.masked_at is not None
        (note,) = session.scalars(select(Turn.words)).all()
    assert "Matti" not in note
    with pytest.raises(Refused) as refused:
        recording.mask(installation, bench.editor, one, ["Pekka"], new_id())
    assert refused.value.reason is Reason.NO_SUCH_WORDS


def test_attached_files_go_where_a_third_person_is_masked(
    installation: Installation, bench: MadeBench
) -> None:
    both = [comment(bench), comment(bench, "Toinen.")]
    first, second = record(installation, bench, both).contribution_ids
    masked = recording.mask(installation, bench.editor, first, [], new_id(), with_files=True)
    assert masked == 1
    with installation.database.read() as session:
        assert session.get_one(Contribution, first).masked_at is not None
        assert session.get_one(Contribution, second).masked_at is None
        for of in (Attachment, File, Blob):
            assert session.scalar(select(func.count()).select_from(of)) == 0
    with pytest.raises(Refused) as refused:
        recording.mask(installation, bench.editor, first, [], new_id(), with_files=True)
    assert refused.value.reason is Reason.NO_SUCH_WORDS


def test_a_recorded_person_is_one_person_by_name_and_address(
    installation: Installation, bench: MadeBench
) -> None:
    first = record(installation, bench, [comment(bench)])
    again = record(installation, bench, [comment(bench, "Toinen.")])
    assert first.person_id == again.person_id
    with installation.database.read() as session:
        names = session.scalars(select(Person.name).where(Person.name == "Seppo Salo")).all()
    assert names == ["Seppo Salo"]


@pytest.mark.parametrize("shared", [False, True])
def test_what_is_recorded_is_for_the_editors_unless_its_author_agreed_to_more(
    installation: Installation, bench: MadeBench, shared: bool
) -> None:
    plan_phase(installation, bench.editor, bench.phase_id, sharing=Sharing.PUBLIC)
    said = Said(ContributionKind.COMMENT, Words("Hyvä."), bench.section_id, shared=shared)
    (made,) = record(installation, bench, [said]).contribution_ids
    with installation.database.read() as session:
        row = session.get_one(Contribution, made)
    assert row.sharing is (Sharing.PUBLIC if shared else Sharing.NOBODY)
    assert row.name_shown is NameShown.ORGANISATION
