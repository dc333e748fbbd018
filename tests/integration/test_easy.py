"""Easy-language summaries: by the editors, in the reader's language, never overwritten unseen."""

from __future__ import annotations

import pytest

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.queries.easy import About, EasyLine, easy_line, seen, written_easy
from reviewtool.services.easy import write_easy
from tests.factories.contributions import make_table


def test_a_summary_is_read_in_the_readers_language_and_kept_from_a_colleagues(
    installation: Installation,
) -> None:
    table = make_table(installation, people=1)
    editor, reader = table.round.editor, table.actors[0]
    about = About(table.round.handbook.id, section_id=table.section_id)
    write_easy(installation, editor, about, {"fi": "Lyhyesti.", "sv": "Kort."}, "")
    with installation.database.read() as session:
        assert easy_line(session, reader, about, "sv") == EasyLine("sv", "Kort.")
        assert easy_line(session, reader, about, "en") == EasyLine("fi", "Lyhyesti.")
        request = About(table.round.handbook.id, phase_id=table.round.phase_id)
        assert easy_line(session, reader, request, "fi") is None
        read = seen(written_easy(session, editor, about))
    write_easy(installation, editor, about, {"fi": "Toisin.", "sv": "Kort."}, read)
    with pytest.raises(Refused) as refused:
        write_easy(installation, editor, about, {"fi": "Vanhan päälle."}, read)
    assert refused.value.reason is Reason.TEXT_CHANGED
    with pytest.raises(Refused) as refused:
        write_easy(installation, reader, about, {"fi": "Osallistujan."}, read)
    assert refused.value.reason is Reason.NOT_ALLOWED
    with installation.database.read() as session:
        read = seen(written_easy(session, editor, about))
    write_easy(installation, editor, about, {}, read)
    with installation.database.read() as session:
        assert easy_line(session, reader, about, "fi") is None


def test_a_summary_is_of_its_own_handbook(installation: Installation) -> None:
    table, elsewhere = make_table(installation, people=1), make_table(installation, people=1)
    about = About(table.round.handbook.id, section_id=elsewhere.section_id)
    with pytest.raises(Refused) as refused:
        write_easy(installation, table.round.editor, about, {"fi": "Väärä."}, "")
    assert refused.value.reason is Reason.NOT_FOUND
