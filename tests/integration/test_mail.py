"""What is mailed: every kind in every language, readable everywhere, the same each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.messages import KINDS
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.services import phases
from tests.factories.letters import Letters, every_letter
from tests.factories.mail import newest, open_post, opened, part, steadied, write

SNAPSHOTS = Path(__file__).parent.parent / "snapshots" / "mail"
TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"


@pytest.fixture
def letters(installation: Installation, clock: SetClock) -> Letters:
    """Give a letter of every kind in every language."""
    return every_letter(installation, clock)


def shown(subject: str, text: str) -> str:
    """Spell a letter as its snapshot keeps it."""
    return steadied(f"Subject: {subject}\n\n{text}")


def test_letters_read_as_they_were_approved(letters: Letters) -> None:
    """To approve changed words: delete the snapshot, run the test twice, read what it wrote."""
    changed = []
    for (kind, language), written in letters.items():
        message = opened(written)
        now = shown(str(message["Subject"]), part(message, "plain"))
        path = SNAPSHOTS / f"{kind.value}.{language}.txt"
        if not path.exists():
            path.write_text(now, encoding="utf-8")
            changed.append(f"{path.name} is new")
        elif path.read_text(encoding="utf-8") != now:
            changed.append(path.name)
    assert changed == []


def test_every_kind_has_its_templates_and_a_subject_of_one_line(letters: Letters) -> None:
    assert set(KINDS) == set(MessageKind)
    assert {kind for kind, _language in letters} == set(MessageKind)
    for kind in MessageKind:
        for name in ("subject.txt", "body.txt", "body.html"):
            assert (TEMPLATES / kind.value / name).is_file()
    for written in letters.values():
        subject = str(opened(written)["Subject"])
        assert 10 < len(subject) < 130
        assert "\n" not in subject


def test_languages_differ_in_every_letter(letters: Letters) -> None:
    for kind in MessageKind:
        subjects = {str(opened(letters[kind, language])["Subject"]) for language in LANGUAGES}
        assert len(subjects) == len(LANGUAGES), kind


def test_text_and_html_say_the_same(letters: Letters) -> None:
    """Every word and address of the HTML stands in the text too."""
    for written in letters.values():
        message = opened(written)
        html = part(message, "html").partition("<body")[2].partition(">")[2]
        urls = re.findall(r'href="(?:mailto:)?([^"]+)"', html)
        plain = part(message, "plain")
        assert all(url.replace("&amp;", "&") in plain for url in urls)
        words = re.sub(r"<!--.*?-->|<[^>]+>", " ", html, flags=re.S)
        words = words.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"')
        said = set(re.findall(r"\w{4,}", plain))
        assert set(re.findall(r"\w{4,}", words)) <= said


def test_headers_let_mail_programs_do_their_part(letters: Letters) -> None:
    for (kind, language), written in letters.items():
        message = opened(written)
        assert message["Message-ID"] == f"<{written.message_id}@localhost>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Content-Language"] == language
        assert f'<html lang="{language}">' in part(message, "html")
        refusable = kind is MessageKind.REPLIES
        assert bool(message["List-Unsubscribe"]) is refusable
        assert bool(message["List-Unsubscribe-Post"]) is refusable
        assert bool(message["References"]) is (kind is not MessageKind.SIGN_IN)
        assert len(written.content) < 30_000
    invitation = opened(letters[MessageKind.INVITATION, "fi"])
    assert invitation["Reply-To"] == "Katri Vainiola <katri.vainiola@kumaja.example.org>"
    assert "<style" not in part(invitation, "html")
    assert 'style="' in part(invitation, "html")


def test_all_of_one_round_stands_in_one_thread(letters: Letters) -> None:
    receipt = opened(letters[MessageKind.RECEIPT, "fi"])
    answers = opened(letters[MessageKind.ANSWERS, "fi"])
    assert receipt["References"] == answers["References"]
    assert receipt["Message-ID"] != answers["Message-ID"]


def test_the_first_mail_says_where_the_address_came_from(letters: Letters) -> None:
    assert "julkisista yhteystiedoista" in part(
        opened(letters[MessageKind.INVITATION, "fi"]), "plain"
    )
    assert "Nimesi ja osoitteesi antoi Henkilö 2" in part(
        opened(letters[MessageKind.PASSED_ON, "fi"]), "plain"
    )
    assert "/privacy" in part(opened(letters[MessageKind.APPROVAL_REQUEST, "sv"]), "plain")


def test_the_receipt_repeats_and_the_answers_show_before_and_after(letters: Letters) -> None:
    receipt = part(opened(letters[MessageKind.RECEIPT, "fi"]), "plain")
    for words in ("Ryhmiä on muuallakin.", "joka viikko", "Vertaistuki", "Vapaaehtoistoiminta"):
        assert words in receipt
    answers = part(opened(letters[MessageKind.ANSWERS, "fi"]), "plain")
    assert "Maininta laajennetaan seuraavassa luonnoksessa." in answers
    assert "Ryhmässä tavataan kerran viikossa." in answers
    assert "Ryhmässä tavataan joka viikko." in answers


def test_the_same_row_gives_the_same_bytes(installation: Installation, clock: SetClock) -> None:
    open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    first = write(installation, message_id)
    clock.advance(hours=30)
    assert write(installation, message_id) == first


def test_words_of_people_stay_words(installation: Installation) -> None:
    """Markup in a name shows in HTML as it was typed; a line break can't make a header."""
    open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    with installation.database.write() as session:
        person_id = session.get_one(Message, message_id).person_id
        session.get_one(Person, person_id).name = "<b>Anna</b> & Co {{ 7 * 7 }}"
    written = write(installation, message_id)
    assert written is not None
    assert "&lt;b&gt;Anna&lt;/b&gt; &amp; Co {{ 7 * 7 }}" in part(opened(written), "html")
    with installation.database.write() as session:
        session.get_one(Person, person_id).name = "Anna\r\nBcc: kaikki@example.org"
    with pytest.raises(ValueError, match="CR or LF"):
        write(installation, message_id)


@pytest.mark.parametrize(
    "state",
    [InvitationState.CANCELLED, InvitationState.DECLINED, InvitationState.READY],
)
def test_nobody_is_asked_who_has_nothing_to_do(
    installation: Installation, state: InvitationState
) -> None:
    open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    with installation.database.write() as session:
        invitation_id = session.get_one(Message, message_id).context["invitation"]
        session.get_one(Invitation, invitation_id).state = state
    assert write(installation, message_id) is None


def test_nobody_is_asked_into_a_phase_that_is_over(installation: Installation) -> None:
    table = open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    phases.close(installation, table.round.editor, table.round.phase_id, new_id())
    assert write(installation, message_id) is None


def test_no_mail_carries_a_revoked_link(installation: Installation, clock: SetClock) -> None:
    open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    with installation.database.write() as session:
        session.execute(update(Link).values(revoked_at=clock.now()))
    assert write(installation, message_id) is None


def test_a_person_who_is_erased_gets_no_mail(installation: Installation, clock: SetClock) -> None:
    open_post(installation)
    message_id = newest(installation, MessageKind.INVITATION)
    with installation.database.write() as session:
        person_id = session.get_one(Message, message_id).person_id
        session.get_one(Person, person_id).erased_at = clock.now()
    assert write(installation, message_id) is None


def test_who_reads_another_language_than_the_texts_is_told_so_in_every_request(
    letters: Letters,
) -> None:
    told = {
        kind: [
            "Texterna är på finska" in part(opened(letters[kind, "sv"]), "plain"),
            "Tekstit ovat" in part(opened(letters[kind, "fi"]), "plain"),
        ]
        for kind in (
            MessageKind.INVITATION,
            MessageKind.APPROVAL_REQUEST,
            MessageKind.PASSED_ON,
            MessageKind.DEPUTY,
            MessageKind.SUCCESSOR,
        )
    }
    assert list(told.values()) == [[True, False]] * 5


def test_the_mail_of_more_time_says_why(letters: Letters) -> None:
    assert "Perustelu\nLoma." in part(opened(letters[MessageKind.EXTENDED, "fi"]), "plain")
