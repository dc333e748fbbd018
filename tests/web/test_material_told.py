"""What became of the material that texts are written from reaches whoever said it."""

from collections.abc import Callable

from flask.testing import FlaskClient

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.clock import SetClock
from reviewtool.infra.i18n import speaking
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.minutes import material
from reviewtool.queries.participation import participation
from reviewtool.queries.tree import working_tree
from reviewtool.services import answers, interviews, phases, workshop_rooms
from reviewtool.services.links import link_url
from reviewtool.wording.minutes import minutes_body
from tests.factories.accounts import sign_in
from tests.factories.interviews import make_interview, person_of
from tests.factories.mail import newest, opened, part, write
from tests.factories.people import link_actor
from tests.factories.texts import make_draft, reword
from tests.factories.workshops import head_of, running
from tests.web.browser import Browser
from tests.web.test_ledger_export import exported

Clients = Callable[[], FlaskClient]
WHY = "Kuuluu toiseen tekstiin."


def letter(installation: Installation) -> str:
    written = write(installation, newest(installation, MessageKind.ANSWERS))
    assert written is not None
    return part(opened(written), "plain")


def test_a_feature_is_told_in_minutes_mail_page_spreadsheet_and_figures(
    installation: Installation, clock: SetClock, new_client: Clients
) -> None:
    made, _groups = running(installation, clock, people=1)
    actor = link_actor(installation, made.people[0])
    said = workshop_rooms.feature(
        installation, actor, made.texts.first, "Vertainen tavoittaa.", new_id()
    )
    phases.close(installation, made.editor, made.phase_id, new_id())
    answers.mark_used(installation, made.editor, [said], False, new_id(), WHY)
    with installation.database.read() as session, speaking("fi", "Europe/Helsinki"):
        body = minutes_body(material(session, made.editor, head_of(installation, made)))
    assert f"Päätös: ei käytetä. {WHY}" in body
    guest = Browser(new_client())
    guest.open(link_url(installation, actor.link_id or ""))
    guest.open(f"/p/{actor.link_id}/mine")
    assert WHY not in guest.text, "it is told with the draft"
    make_draft(installation, made.editor, made.handbook.id)
    assert WHY in letter(installation)
    assert "Ei käytetty" in letter(installation)
    guest.open(f"/p/{actor.link_id}/mine")
    assert WHY in guest.text
    assert "Odottaa vastausta" not in guest.text
    editor = sign_in(Browser(new_client()), made.editor)
    (row,) = exported(editor, f"/handbooks/{made.handbook.id}/contributions/export")
    assert (row["Vastaus"], row["Perustelu"]) == ("Ei käytetty", WHY)
    with installation.database.read() as session:
        tree = working_tree(session, made.handbook.id, "fi")
        told = participation(session, made.editor, made.handbook.id, 1, tree, clock.now())
    assert told.answers == ((AnswerKind.NOT_USED, 1),)


def test_a_note_is_told_by_mail_and_on_the_persons_pages(
    installation: Installation, new_client: Clients
) -> None:
    made = make_interview(installation)
    interviews.send(installation, made.editor, made.id, new_id())
    person = person_of(installation, made)
    answers.mark_used(installation, made.editor, list(made.notes), False, new_id(), WHY)
    guest = Browser(new_client())
    guest.open(link_url(installation, person.link_id or ""))
    page = guest.url
    assert WHY not in guest.text
    reword(installation, made.editor, made.bench.section_id, "koulutetut", "kokeneet")
    make_draft(installation, made.editor, made.bench.handbook.id)
    assert WHY in letter(installation)
    for url in (page, f"/p/{person.link_id}/mine"):
        guest.open(url)
        assert guest.page.status_code == 200
        assert WHY in guest.text
