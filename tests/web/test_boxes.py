"""Shared mailboxes: the link asks who answers, and each answers in their own name."""

from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.services import addresses, boxes, phases, reminders
from tests.factories.accounts import sign_in
from tests.factories.contributions import way_in
from tests.factories.people import MadePerson, link_actor, make_person
from tests.factories.rounds import MadeRound, make_round
from tests.web.browser import Browser

BOX = "kirjaamo@kunta.example.org"
OWN = "anna@kunta.example.org"


def make_box(installation: Installation, made: MadeRound, name: str = "Kirjaamo") -> MadePerson:
    person = make_person(installation, made.editor, made.phase_id, name, address=BOX)
    boxes.mark_box(installation, made.editor, made.handbook.id, person.id, new_id(), is_box=True)
    return person


def arrive(installation: Installation, client: FlaskClient, person: MadePerson) -> Browser:
    browser = Browser(client)
    browser.open("/?language=en")
    browser.open(way_in(installation, link_actor(installation, person)))
    return browser


def authors(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        rows = (
            select(Person.name)
            .join(Contribution, Contribution.author_id == Person.id)
            .order_by(Contribution.number)
        )
        return list(session.scalars(rows))


def comment(browser: Browser, made: MadeRound, words: str) -> None:
    link = urlsplit(browser.url).path.split("/")[2]
    browser.open(f"/p/{link}/sections/{made.texts.first}")
    form = next(
        one for one in browser.forms() if one.action.endswith("/say") and "kind" in one.fields
    )
    browser.submit(form=form, values={"words": words, "kind": "comment"})


def test_each_says_who_they_are_and_speaks_in_their_own_name(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    box = make_box(installation, made)
    browser = arrive(installation, client, box)
    assert "Who is answering?" in browser.text
    browser.submit("/who", {"name": ""})
    assert browser.page.status_code == 422
    browser.submit("/who", {"name": "kirjaamo"})
    assert "Write your own name." in browser.text, "the box is nobody"
    browser.submit("/who", {"name": "Anna  Kallio"})
    assert "You are commenting as Anna Kallio" in browser.text
    comment(browser, made, "Annan sana.")
    browser.open(f"{browser.url.split('/sections')[0]}/not-me")
    assert "Who is answering?" in browser.text
    browser.submit("/who", {"known": "-", "name": "Bo Ek"})
    comment(browser, made, "Bon sana.")
    assert authors(installation) == ["Anna Kallio", "Bo Ek"]
    # The mail's link leads this browser back to the one who answers.
    browser.open(way_in(installation, link_actor(installation, box)))
    assert "You are commenting as Bo Ek" in browser.text


def test_a_name_known_under_the_box_is_chosen_and_stays_one_person(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    box = make_box(installation, made)
    first = arrive(installation, client, box)
    first.submit("/who", {"name": "Anna Kallio"})
    second = arrive(installation, client.application.test_client(), box)
    assert second.form("/who").choices["known"] == ["Anna Kallio", "-"]
    second.submit("/who", {"known": "Anna Kallio"})
    assert "You are commenting as Anna Kallio" in second.text
    with installation.database.read() as session:
        parts = session.scalars(select(Invitation).order_by(Invitation.created_at)).all()
    assert [part.origin for part in parts] == [Origin.INVITED, Origin.BOX]
    assert parts[1].passed_from_id == box.invitation_id
    assert parts[1].organisation_id == parts[0].organisation_id
    assert parts[1].state is InvitationState.CAME_IN
    chosen = [part.id for part in parts]
    told = reminders.remind(installation, made.editor, made.phase_id, chosen, new_id())
    assert told == 1, "Anna is reminded, and not the box too"


def test_two_named_people_of_one_address_say_who_of_them_it_is(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    anna, _bo = (
        make_person(installation, made.editor, made.phase_id, name, address=BOX)
        for name in ("Anna Kallio", "Bo Ek")
    )
    browser = arrive(installation, client, anna)
    browser.submit("/who", {"known": "Bo Ek"})
    assert "You are commenting as Bo Ek" in browser.text
    with installation.database.read() as session:
        assert len(session.scalars(select(Invitation.id)).all()) == 2, "each had a part already"


def test_approvals_from_a_box_are_a_persons(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, key="approval", people=0, opened=False)
    box = make_box(installation, made)
    phases.open_phase(installation, made.editor, made.phase_id, new_id())
    browser = arrive(installation, client, box)
    browser.submit("/who", {"name": "Anna Kallio"})
    browser.open(f"{browser.url.rstrip('/')}/all")
    browser.submit("/all")
    with installation.database.read() as session:
        rows = select(Person.name).join(Approval, Approval.person_id == Person.id).distinct()
        assert session.scalars(rows).all() == ["Anna Kallio"]


def test_a_personal_link_asks_nothing(installation: Installation, client: FlaskClient) -> None:
    made = make_round(installation, people=1)
    browser = arrive(installation, client, made.people[0])
    assert "Who is answering?" not in browser.text
    link = browser.url.split("/")[2]
    browser.open(f"/p/{link}/who")
    assert "Who is answering?" not in browser.text


def test_an_editor_marks_a_box_and_takes_it_back(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=1)
    (person,) = made.people
    editor = sign_in(Browser(client), made.editor)
    editor.open("/?language=en")
    page = f"/handbooks/{made.handbook.id}/people/{person.id}"
    editor.open(page)
    editor.submit("/box")
    assert "The link asks who is answering from now on." in editor.text
    guest = arrive(installation, client.application.test_client(), person)
    assert "Who is answering?" in guest.text
    editor.open(page)
    editor.submit("/box")
    guest.open(way_in(installation, link_actor(installation, person)))
    assert "Who is answering?" not in guest.text


def test_a_box_opens_no_part_that_was_given_to_a_persons_own_address(
    installation: Installation, client: FlaskClient
) -> None:
    made = make_round(installation, people=0)
    box = make_box(installation, made)
    anna = make_person(installation, made.editor, made.phase_id, "Anna Kallio", address=BOX)
    addresses.add_address(installation, made.editor, made.handbook.id, anna.id, OWN, new_id())
    with installation.database.read() as session:
        rows = session.scalars(select(Address).where(Address.person_id == anna.id))
        ids = {row.written: row.id for row in rows}
    addresses.choose_address(installation, made.editor, made.handbook.id, ids[OWN], new_id())
    browser = arrive(installation, client, box)
    browser.submit("/who", {"known": "Anna Kallio"})
    assert "You are commenting as Anna Kallio" not in browser.text
    addresses.end_address(installation, made.editor, made.handbook.id, ids[BOX], new_id())
    browser = arrive(installation, client, box)
    assert "Anna Kallio" not in browser.text, "she reads this box no more"
    browser.submit("/who", {"name": "Anna Kallio"})
    assert "You are commenting as Anna Kallio" not in browser.text
