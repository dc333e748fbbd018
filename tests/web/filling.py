"""What people fill into the forms that are pressed twice, by the rule that a form is sent to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.factories.pictures import picture
from tests.web.browser import FoundForm

HANDBOOK = "/handbooks/<handbook_id>"
PARTICIPANT = "/p/<link_id>"
WHO = {"name": "Uusi Kasvo", "address": "uusi.kasvo@jarjesto.example.org"}
SIGN_UP = {**WHO, "organisation": "Uusi yhdistys ry", "municipality": "Espoo"}
LATER = {"closes_on": "2026-10-30", "reason": "Lomien vuoksi."}
DAYS = {"starts_on": "2026-12-28", "ends_on": "2026-12-31"}


def _choice(form: FoundForm) -> Mapping[str, str]:
    """Choose the last of what each question offers, and write to those that ask for words."""
    options = {name: form.choices[name][-1] for name in form.fields if name.startswith("option-")}
    return options | {
        name: "Puuttuu esimerkki." for name in form.fields if name.startswith("words-")
    }


def _own_wording(form: FoundForm) -> Mapping[str, str]:
    """Settle every clash with other words."""
    return {
        name: "own" if name.endswith("choice") else "kolmatta"
        for name in form.fields
        if name.endswith(("choice", "words"))
    }


Values = Mapping[str, str] | Callable[[FoundForm], Mapping[str, str]]

VALUES: dict[str, Values] = {
    f"{PARTICIPANT}/sections/<section_id>/questions": _choice,
    f"{PARTICIPANT}/whole/questions": _choice,
    f"{PARTICIPANT}/themes": lambda form: {"themes": form.choices["themes"][0]},
    f"{HANDBOOK}/sections/<section_id>/merge/settle": _own_wording,
    f"{HANDBOOK}/sections/<section_id>/merge/take (into the text)": lambda form: {
        "c": form.choices["c"][-1],
        "act": "take",
    },
    f"{HANDBOOK}/workshops/<phase_id>/cancel": {"reason": "Lumimyrsky"},
    f"{HANDBOOK}/structure/<section_id>/place": lambda form: {
        "place-parent": form.choices["place-parent"][1]
    },
    f"{HANDBOOK}/structure/<section_id>/move": {"direction": "down"},
    "/h/<handbook_id>/rounds/<phase_id>/sign-up": SIGN_UP,
    "/new-link": {"address": WHO["address"]},
    "/sign-in": {"address": WHO["address"]},
    "/handbooks/new": {"title": "Toinen käsikirja"},
    f"{PARTICIPANT}/pass-on": WHO,
    f"{HANDBOOK}/sections/<section_id>/easy": {"fi": "Lyhyesti."},
    f"{HANDBOOK}/process/<phase_id>/easy": {"fi": "Lyhyesti."},
    f"{PARTICIPANT}/statement/people": WHO,
    f"{PARTICIPANT}/statement/points": {"words": "Kantamme."},
    f"{PARTICIPANT}/statement/points/<point_id>": {"words": "Toinen kantamme."},
    f"{PARTICIPANT}/who": {"name": "Anna Kallio"},
    f"{PARTICIPANT}/approve/pass-on": WHO,
    f"{PARTICIPANT}/approve/carries/<carry_id>": {"words": "Muutos ei ole vain kirjoitusvirhe."},
    f"{PARTICIPANT}/approve/texts/<section_id>": {"decision": "changes-requested", "words": "Ei."},
    f"{PARTICIPANT}/contributions/<contribution_id>/edit": {"words": "Toisin sanottuna."},
    f"{PARTICIPANT}/contributions/<contribution_id>/reply": {"words": "Meilläkin on näin."},
    f"{PARTICIPANT}/sections/<section_id>/say": {"words": "Tähän kaivataan esimerkki."},
    f"{PARTICIPANT}/sections/<section_id>/say (a suggestion)": {"replacement": "Toiset sanat."},
    f"{PARTICIPANT}/whole/say": {"words": "Kokonaisuus toimii."},
    f"{PARTICIPANT}/unsent": {"words": "Kesken jäänyt aja"},
    f"{PARTICIPANT}/deputy": {**WHO, **DAYS},
    f"{HANDBOOK}/people/<person_id>/deputy": {**WHO, **DAYS},
    f"{HANDBOOK}/people/<person_id>/successor": WHO,
    f"{HANDBOOK}/people/members": {**WHO, "role": "editor"},
    f"{HANDBOOK}/people/<person_id>/organisations": {"organisation": "Uusi yhdistys ry"},
    f"{HANDBOOK}/people/organisations/<organisation_id>/<phase_id>/more-time": {
        "more-closes_on": "2026-11-20",
        "more-reason": "Hallitus kokoontuu vasta silloin.",
    },
    f"{HANDBOOK}/people/invite/<phase_id>": {**WHO, "organisation": "Uusi yhdistys ry"},
    f"{HANDBOOK}/people/<person_id>/addresses": {"address": WHO["address"]},
    f"{HANDBOOK}/people/<person_id>/addresses/<address_id>": {"address": WHO["address"]},
    f"{HANDBOOK}/phases/<phase_id>/approvals/<section_id>/carry": {"note": "Kirjoitusvirhe."},
    f"{HANDBOOK}/contributions/<contribution_id>/leave-out": {"reason": "Luonnos on vahvistettu."},
    f"{HANDBOOK}/contributions/<contribution_id>/admit": {"reason": "Tuli vain päivän myöhässä."},
    f"{HANDBOOK}/contributions/<contribution_id>/mask": {"fragments": "lähde"},
    f"{HANDBOOK}/contributions/<contribution_id>/notes": {"words": "Kysytään vielä."},
    f"{HANDBOOK}/contributions/<contribution_id>/place": {"line": "2"},
    f"{HANDBOOK}/contributions/answer": {"kind": "not-taken", "reason": "Teksti on jo pitkä."},
    f"{HANDBOOK}/contributions/answer (revised)": {"reason": "Asia on jo toisessa tekstissä."},
    f"{HANDBOOK}/contributions/record": {
        "name": "Outi Männikkö",
        "said-0-words": "Puhelimessa sanottua.",
    },
    f"{HANDBOOK}/process/<phase_id>/extend": LATER,
    f"{HANDBOOK}/process/<phase_id>/reopen": LATER,
    f"{HANDBOOK}/process/<phase_id>/plan": {"responsible_name": "Katri Vainiola"},
    f"{HANDBOOK}/process/<phase_id>/questions": {"words_fi": "Mikä puuttuu?"},
    f"{HANDBOOK}/process/<phase_id>/questions/<question_id>": {"words_fi": "Ymmärtääkö tekstin?"},
    f"{HANDBOOK}/publication": {"override": "Aikataulu sovittiin verkostossa."},
    f"{HANDBOOK}/drafts/<draft_id>/sections/<section_id>/correct": {
        "title": "Alkusanat",
        "reason": "Otsikko vaihtui.",
    },
    f"{HANDBOOK}/sections/<section_id>/edit": {"body": "Uusi teksti."},
    f"{HANDBOOK}/sections/<section_id>/merge/edit": {"body": "Uusi teksti."},
    f"{HANDBOOK}/sections/<section_id>/buffer": {"body": "Kesken."},
    f"{HANDBOOK}/structure/<section_id>/rename": {"title": "Alkusanat"},
    f"{HANDBOOK}/structure/add": {"title": "Uusi luku"},
    f"{HANDBOOK}/structure/proposals/new": {"act": "add", "title": "Väkivaltatyö"},
    f"{HANDBOOK}/structure/proposals/<contribution_id>/not-taken": {"not-reason": "Ei nyt."},
    f"{HANDBOOK}/about": {"contact_name": "Sanna Sihteeri"},
    f"{HANDBOOK}/starting-text": {"credit": "Toinen verkosto"},
    f"{HANDBOOK}/workshops/<phase_id>/plan": {
        "day": "2026-10-01",
        "begins": "09:00",
        "ends": "12:00",
        "place": "Järjestötalo",
    },
    f"{HANDBOOK}/phases/<phase_id>/interviews/new": WHO,
    f"{HANDBOOK}/interviews/<interview_id>/change": {"role": "suunnittelija"},
    f"{HANDBOOK}/interviews/<interview_id>/notes": {"notes-0-words": "Ryhmiä on kaksi."},
    f"{HANDBOOK}/interviews/<interview_id>/notes/<contribution_id>": {
        "words": "Ryhmiä on kolme.",
        "move": "correct",
    },
    f"{PARTICIPANT}/interview/notes/<contribution_id>": {"words": "Sanoin kolme."},
    f"{PARTICIPANT}/workshop/invitation": {"attendance": "comes"},
    f"{HANDBOOK}/workshops/<phase_id>/flip-charts": {"what": "add", "lines": "Velkaneuvonta"},
    f"{PARTICIPANT}/workshop/minutes": {"words": "Sanoin toisin."},
    f"{PARTICIPANT}/workshop/room/propose": {"title": "Velkaneuvonta"},
    f"{PARTICIPANT}/workshop/room/feature": {"words": "Kysyntä kasvaa."},
    f"{PARTICIPANT}/structure": {"title": "Velkaneuvonta"},
    f"{HANDBOOK}/figures/years": lambda form: {"years": form.choices["years"][-1]},
    f"{HANDBOOK}/sections/<section_id>/figures/new/<kind>": {"alt": "Kaksi ihmistä kahvilla."},
    f"{HANDBOOK}/sections/<section_id>/story": {
        "person": "Toinen nimi",
        "consent": "Suostui kirjallisesti 1.2.2026.",
    },
    "/join": {"name": "Ville Vieras"},
    f"{HANDBOOK}/workshops/<phase_id>/sort/<contribution_id>": lambda form: {
        "theme": form.choices["theme"][-1]
    },
    f"{HANDBOOK}/workshops/<phase_id>/groups": {"groups-name": "Ryhmä 3"},
    f"{HANDBOOK}/workshops/<phase_id>/themes": {"themes-name": "Toimeentulo"},
    f"{PARTICIPANT}/meeting": {"rows-0-words": "Kokouksessa toivottiin esimerkkiä."},
}
"""What is filled in; whatever isn't named stays as the page has it."""

BOOK = ("kirja.md", b"## Osallisuus\n\n### Kahvila\n\nKahvila on auki arkisin.\n")
PEOPLE = (
    "kutsut.csv",
    "nimi;sähköposti;järjestö\nUusi Kasvo;uusi.kasvo@jarjesto.example.org;Uusi ry\n".encode(),
)

TABLE = ("tilasto.pdf", b"%PDF-1.7 luvut")

FILES: dict[str, Mapping[str, tuple[str, bytes]]] = {
    f"{HANDBOOK}/import": {"file": BOOK},
    f"{HANDBOOK}/people/invite/<phase_id>/spreadsheet": {"file": PEOPLE},
    f"{HANDBOOK}/sections/<section_id>/figures/new/<kind>": {
        "file": ("kahvila.png", picture("PNG", (90, 90)))
    },
    f"{PARTICIPANT}/contributions/<contribution_id>/files": {"files": TABLE},
    f"{HANDBOOK}/pictures": {"picture": ("kahvila.png", picture("PNG", (90, 90)))},
}

STORES_NOTHING = {
    "/sign-out",
    "/sign-in",  # the address is nobody's: the page says the same
    "/new-link",
    "/not-me/<dropped_id>",
    f"{PARTICIPANT}/sections/<section_id>/preview",
    f"{PARTICIPANT}/contributions/<contribution_id>/preview",
    f"{PARTICIPANT}/sections/<section_id>/alike",
    f"{HANDBOOK}/contributions/choose",
    f"{HANDBOOK}/sections/<section_id>/merge/take",  # nothing is ticked
}
"""What leaves no row."""
