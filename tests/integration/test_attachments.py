"""Files to what one has said: only what they say they are, seen by whoever sees the words."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.contributions import Channel, ContributionKind, Sharing
from reviewtool.domain.files import Upload
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.files import Blob, File
from reviewtool.queries.attached import attached_content
from reviewtool.queries.contributions import one
from reviewtool.services import attachments, people
from reviewtool.services.contributions import Words
from reviewtool.services.late import leave_out
from reviewtool.services.recording import Said, Speaker, record
from tests.factories.answers import DAY, make_bench
from tests.factories.contributions import Table, make_table, now_actor, say

REPORT = Upload("tilasto 2026.pdf", b"%PDF-1.7 luvut")


def attach(installation: Installation, table: Table, made: str, *uploads: Upload) -> None:
    attachments.attach(installation, table.actors[0], made, uploads, new_id())


def photo() -> Upload:
    picture, content = Image.new("RGB", (80, 80), "white"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Outin olohuone"
    picture.save(content, "JPEG", exif=exif)
    return Upload("kuva.jpg", content.getvalue())


def refused(installation: Installation, table: Table, made: str, *uploads: Upload) -> Reason:
    with pytest.raises(Refused) as error:
        attach(installation, table, made, *uploads)
    return error.value.reason


def test_files_are_what_they_say_few_and_without_what_the_camera_noted(
    installation: Installation,
) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0])
    for bad in (
        Upload("tilasto.pdf", b"MZ ohjelma"),
        Upload("viesti.eml", b"From: Outi"),
        Upload("kuva.png", b"\x89PNG\r\n\x1a\nrikki"),
        Upload("tyhja.pdf", b""),
    ):
        assert refused(installation, table, made, REPORT, bad) is Reason.BAD_FILE
    for _press in (1, 2):
        attachments.attach(installation, table.actors[0], made, [REPORT, photo()], "form")
    with installation.database.read() as session:
        line = one(session, table.actors[0], made)
        assert line is not None
        assert [file.name for file in line.files] == ["kuva.jpg", "tilasto 2026.pdf"]
        kept = attached_content(session, table.actors[0], made, line.files[0].id)
    assert b"olohuone" not in kept.content
    assert refused(installation, table, made, *[REPORT] * 4) is Reason.TOO_MANY_FILES
    attachments.remove(installation, table.actors[0], made, line.files[1].id)
    attachments.remove(installation, table.actors[0], made, line.files[1].id)
    with installation.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Blob)) == 1


@pytest.mark.parametrize("sharing", [Sharing.NOBODY, Sharing.EVERYONE])
def test_others_read_a_file_as_far_as_they_see_the_words(
    installation: Installation, sharing: Sharing
) -> None:
    table = make_table(installation, sharing=sharing)
    made = say(installation, table, table.actors[0])
    attach(installation, table, made, REPORT)
    with installation.database.read() as session:
        file_id = session.scalars(select(File.id)).one()
        assert attached_content(session, table.round.editor, made, file_id).name == REPORT.name
        if sharing is Sharing.EVERYONE:
            assert attached_content(session, table.actors[1], made, file_id).name == REPORT.name
            return
        with pytest.raises(Refused):
            attached_content(session, table.actors[1], made, file_id)
    with pytest.raises(Refused):
        attachments.remove(installation, table.actors[1], made, file_id)


def test_only_while_it_can_be_changed_and_gone_with_its_author(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0])
    attach(installation, table, made, REPORT)
    clock.advance(days=22)
    late = now_actor(installation, table)
    with pytest.raises(Refused) as closed:
        attachments.attach(installation, late, made, [REPORT], new_id())
    assert closed.value.reason is Reason.ROUND_CLOSED
    assert late.person_id is not None
    people.erase_person(installation, SYSTEM, late.person_id)
    with installation.database.read() as session:
        assert session.scalars(select(File.id)).all() == []


def test_a_late_one_takes_files_while_it_waits_for_the_editors(
    installation: Installation, clock: SetClock
) -> None:
    table = make_table(installation)
    clock.advance(days=22)
    late = now_actor(installation, table)
    made = say(installation, table, late, "Tilasto liitteenä.", late=True)
    attachments.attach(installation, late, made, [REPORT], new_id())
    with pytest.raises(Refused):  # another's
        attachments.attach(installation, now_actor(installation, table, 1), made, [REPORT], "x")
    with installation.database.read() as session:
        [file] = session.scalars(select(File)).all()
        assert attached_content(session, table.round.editor, made, file.id).name == REPORT.name
    attachments.remove(installation, late, made, file.id)
    attachments.attach(installation, late, made, [REPORT], new_id())
    leave_out(installation, table.round.editor, made, "Luonnos on jo vahvistettu.", new_id())
    with pytest.raises(Refused) as over:
        attachments.attach(installation, late, made, [REPORT], new_id())
    assert over.value.reason is Reason.ROUND_CLOSED


def test_the_original_of_recorded_words_is_the_editors_alone(installation: Installation) -> None:
    bench = make_bench(installation)
    recorded = record(
        installation, bench.editor, bench.phase_id, Speaker("Outi Männikkö"), Channel.PAPER, DAY,
        [Said(ContributionKind.COMMENT, Words("Kirjeessä sanottiin näin."), bench.section_id)],
        new_id(), [REPORT],
    )  # fmt: skip
    [made] = recorded.contribution_ids
    with installation.database.read() as session:
        line = one(session, bench.editor, made)
    assert line is not None
    assert line.files == ()
