"""One term for one thing: what has been said in several ways is said in one, in each language.

The table names what was retired and what is said instead. English stands for the message ids of
code and templates, which are their own catalogue; Finnish and Swedish for their catalogue files.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.contracts.test_catalogues import catalogue, used


@dataclass(frozen=True)
class Retired:
    """A way of speaking that is given up, what to say instead, and the few who keep it."""

    pattern: str
    instead: str
    kept: tuple[str, ...] = ()


FINNISH = (
    Retired("vastaajana %", "Kommentoit nimellä … / Vastaat nimellä …", ("ja vastaajana on taas",)),
    Retired("ei haittaa", "Kaikkia ei tarvitse kommentoida."),
    Retired("toisia sanoja|toiset sanat|ehdotetut sanat|ehdottamasi sanat", "muutosehdotus"),
    Retired("myöhästy|myöhästyne|myöhässä", "määräajan jälkeen"),
    Retired("kuittau|kuittaa", "kuitti"),
    Retired("ominaisuu(s|de)", "kenen puolesta, missä roolissa"),
    Retired("työtoveri", "kollega"),
    Retired("jotakin", "jotain"),
    Retired("maalaa", "merkitse"),
    Retired("ei oikeastaan", "ei riittävästi"),
    Retired("jäljettömiin", "Merkintä jää näkyviin, jotta käsittelyä voi seurata."),
    Retired("vika on meidän", "Vika on palvelussa"),
    Retired("peru (tämä|muutos)|muutos peruttu|perumise|peruminen", "kumoa"),
    Retired(
        r"\bpoistu\b",
        "Peruuta",
        ("Poistu", "Kopioi se, ennen kuin poistut sivulta."),  # what is written is kept there
    ),
    Retired("sulje vaihe|vaihe on suljettu|vaihe suljetaan|vaihe sulkeutuu", "päätä vaihe"),
    Retired("lähetetyt viestit", "viestit"),
    Retired("tietoruu", "tietolaatikko"),
    Retired("tykkisivu", "sivu valkokankaalle"),
    Retired(r"\bposti(ssa|in|sta|lla|tse)\b", "sähköpostissa, sähköpostitse"),
    Retired("haastattelumuistiinpano", "haastattelun kirjaus"),
    Retired("(linkki|painikkee)\\w* takana", "linkillä, painikkeella"),
    Retired("nähdäksesi|lukeaksesi|saadaksesi", "niin näet; kun haluat lukea"),
    Retired("tulemaan näytetyksi", "miten nimi saa näkyä"),
    Retired("kysytä keneltäkään", "Sinun ei tarvitse lukea kaikkea."),
    Retired("eikä ennen ensimmäistä", "tuleva päivä, aikaisintaan ensimmäinen päivä"),
)
SWEDISH = (
    Retired(r"kommentator(n|er|erna|ns)?\b", "deltagaren, den som lämnade synpunkten"),
    Retired(r"utsatt tid|försenad|skribent", "efter svarstiden; den som skrev den"),
    Retired(r"\bkommentaren\b", "synpunkten", ("Kommentaren har skickats.",)),
    Retired(r"att yttra|inget att säga", "inget att anmärka på"),
    Retired(r"\bsvarat? om (?!du)|\bsvara också om\b", "ta ställning till"),
    Retired(r"motsätts", "någon motsätter sig"),
    Retired(r"flyttas framåt", "senareläggs, förlängs"),
    Retired(r"brevlåda|(?<!e-)postlåda|gemensam adress", "gemensam e-postlåda"),
    Retired(r"registratur(?!a)", "registratorskontoret"),
    Retired(r"\bfas(en|er)?\b", "skede"),
    Retired(r"stäng skedet|skedet (är stängt|stängs)", "avsluta skedet"),
    Retired(r"blankett", "formulär"),
    Retired(r"\bhämta(s|d|t|r)? (in\b|en fil|samma fil|texterna)|tas? in filen", "importera"),
    Retired(r"\bfrågas\b", "tillfrågas"),
    Retired(r"bakom (knappen|din länk)", "via knappen, via länken"),
    Retired(r"avgränsning", "filter"),
    Retired(r"meddelas per e-post", "får besked per e-post"),
    Retired(r"ett tryck", "en knapptryckning"),
    Retired(r"skyldig ett svar", "svar saknas"),
    Retired(r"lämnat över (kommentering|godkännand)", "ber dig … i sitt ställe"),
    Retired(r"\bombe(d)?s\b|\bombads\b", "du behöver, uppgiften"),
    Retired(r"episod", "avsnitt"),
    Retired(r"per slag", "per typ"),
    Retired(r"återtagen", "tillbakadragen"),
    Retired(r"ladda sidan på nytt", "ladda om sidan"),
    Retired(r"\bfast (något|det)\b", "trots att"),
    Retired(r"(?<!minnes)anteckningar(na)? från (en )?workshop", "minnesanteckningar"),
    Retired(r"togs tillbaka|kan (ta|tas) tillbaka", "återställs"),
    Retired(r"(kan|hinner) ännu", "fortfarande"),
    Retired(r"^kom tillbaka$", "kom i retur"),
    Retired(r"i det här svarar|svarar det här på|svarade svaren", "Får du svar på din synpunkt?"),
    Retired(r"så lång tid tar det|så visas du|det här händer med", "frågor som rubriker"),
    Retired(r"för vilken organisation (du|hen) talar|för vilken hen talar", "företräder"),
    Retired(r"\bär borta\.", "är frånvarande"),
    Retired(r"berätta (nedan )?om du kommer|berätta för redaktionen", "meddela"),
    Retired(r"öppet för skrivning", "Nu kan du skriva direkt i texten."),
)
ENGLISH = (
    Retired(r"\ban own link|by their own link only", "a link of their own"),
    Retired(r"\bowes? an answer", "has not answered yet"),
    Retired(r"\b(to mend|mend (it|them))\b", "correct"),
    Retired(r"(shared|a|share a) box\b(?! of words)", "shared mailbox", ("a box, one line",)),
    Retired(r"only reads|keeps? reading|but read on|go(es)? on working", "is read-only; keeps"),
    Retired(r"grown old|has grown", "out of date"),
    Retired(r"\b(bring|bring these|bring the file) in\b|brought in|bring in its", "import"),
    Retired(r"unwanted mail|junk mail", "spam folder"),
    Retired(r"look in(to)? your (e-mail|mailbox)|check your mail$", "check your e-mail"),
    Retired(r"\bpoints (wide|than)", "pixels"),
    Retired(r"put the link", "add the link"),
    Retired(r"that is no problem|don't you want", "You don't need to comment on all of them."),
    Retired(r"reminded no more|ask you no more", "You get no more reminders."),
    Retired(r"what has been mailed|nobody is mailed", "No e-mail is sent."),
    Retired(r"\byou act\b", "You are commenting as, you are answering as"),
    Retired(r"did the answers answer|it answers$", "Were the answers sufficient?"),
    Retired(r"\bthrow\b|\bthrown away", "discard"),
    Retired(r"left over|fits nowhere", "could not be placed"),
    Retired(r"(is not|isn't) held", "has been cancelled"),
    Retired(r"behind (the button|your link)", "with the button, through your link"),
    Retired(r"of an old form", "in an old format"),
    Retired(r"no answer is never", "Silence is never taken as an approval."),
    Retired(r"still wanted", "We are still waiting for"),
    Retired(r"half-done|begun the handbook|begin (a|the) handbook", "unfinished; create"),
    Retired(r"(propose|only|toiset) other words", "suggest a change"),
    Retired(r"\b(said|says|noted|say) of (this|the answer|an earlier|it)\b", "about, in"),
)
RETIRED = {"fi": FINNISH, "sv": SWEDISH, "en": ENGLISH}


def forms(one: object) -> tuple[str, ...]:
    """Give the forms of a message: one, or one and many where it counts something."""
    return tuple(map(str, one)) if isinstance(one, tuple) else (str(one),)


def said_in(language: str) -> Iterator[tuple[str, str]]:
    """Give every text of a language, with where it stands."""
    if language == "en":
        yield from ((where, words) for key, where in used().items() for words in forms(key))
        return
    for entries in catalogue(language).values():
        for name, message in entries:
            yield from ((name, words) for words in forms(message.string))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_retired_terms_are_not_said(language: str) -> None:
    found = [
        f"{where}: {words!r}: say {term.instead!r}"
        for where, words in said_in(language)
        for term in RETIRED[language]
        if re.search(term.pattern, words, re.IGNORECASE)
        and not any(kept in words for kept in term.kept)
    ]
    assert found == []


def sentences(words: str) -> int:
    """Count the sentences of a text; dots of numbers, file names and shortened words end none."""
    bare = re.sub(r"\d+\.(?=\s)|\.(?=\w)|\b(kl|tfn|puh|tel)\.", "", words)
    return len(re.findall(r"[.?](?=\s|$)", bare))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_translation_leaves_no_sentence_out(language: str) -> None:
    """One sentence may become two, or two one; a heading may become a question."""
    differing = []
    for entries in catalogue(language).values():
        name, message = entries[0]
        english, words = forms(message.id)[-1], forms(message.string)[-1]
        if abs(sentences(english) - sentences(words)) > 1 or (
            english.endswith(".") != words.endswith(".")
        ):
            differing.append(f"{name}: {english!r} -> {words!r}")
    assert differing == []
