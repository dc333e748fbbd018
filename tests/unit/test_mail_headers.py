"""Headers of letters, as a mail program reads them back."""

from email.headerregistry import Address
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewtool.mail.headers import LETTERS, read_header

WORDS = st.text(
    st.characters(
        categories=("L", "N", "P", "Zs"), include_characters="–”😀", max_codepoint=0x1FFFF
    )
).map(lambda words: " ".join(words.split()))


def written(name: str, value: object) -> tuple[str, list[str]]:
    """Write a letter with a header; gives what is read back, and its lines."""
    message = EmailMessage(policy=LETTERS)
    message[name] = value
    lines = message.as_bytes().decode("ascii").split("\r\n\r\n")[0].split("\r\n")
    return read_header("\n".join(lines).partition(":")[2].strip()), lines


@pytest.mark.parametrize(
    "subject",
    [
        "Nina Aaltokivi siirsi pyynnön sinulle: vastaa 4.12. mennessä – Järjestöjen "
        "hyvinvointia ja terveyttä edistävä toiminta – esimerkkikäsikirja",
        "Kumaja: hyväksy lopulliset tekstit 15.12. mennessä – Järjestöjen hyvinvointia ja "
        "terveyttä edistävä toiminta – esimerkkikäsikirja",
    ],
)
def test_a_long_subject_keeps_its_spaces(subject: str) -> None:
    read, lines = written("Subject", subject)
    assert read == subject
    assert max(map(len, lines)) <= 76


@given(WORDS)
def test_every_subject_is_read_as_it_was_written(words: str) -> None:
    assert written("Subject", words)[0] == words


def test_a_long_name_is_read_with_its_address() -> None:
    name = "Åsa-Maria “Ässä” von Österlund-Hyväri, Hyvinvointikoordinaattori"
    read, lines = written("To", Address(name, addr_spec="asa@kunta.example.org"))
    assert read == f"{name} <asa@kunta.example.org>"
    assert max(map(len, lines)) <= 76
