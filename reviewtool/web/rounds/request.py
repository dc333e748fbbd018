"""What a request says, in parts: the same for its page and for its PDF."""

from __future__ import annotations

from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized, show_date, show_day, show_deadline
from reviewtool.office.pdf import Part
from reviewtool.queries.requests import RequestPage
from reviewtool.wording.promises import promise


def lead(page: RequestPage) -> str:
    """Say in one line what is asked by when, or why nothing is."""
    if page.is_open:
        if page.closes_on:
            return _("Answer by %(deadline)s.", deadline=show_deadline(page.closes_on))
        return _("Open now.")
    if page.state is PhaseState.PLANNED:
        return _("This page becomes public when the phase opens.")
    return _("The time to answer has ended.")


def parts(page: RequestPage) -> list[Part]:
    """List the parts of a request, in reading order; a part without words is left out."""
    # One about words of a single text waits for those who read that text.
    questions = tuple(localized(one.words) for one in page.questions if one.section_id is None)
    asked = Part(
        _("What is asked"),
        _paragraphs(localized(page.request)),
        points_heading=_("Questions") if questions else "",
        points=questions,
    )
    timetable = Part(_("Timetable and contact"), facts=_facts(page))
    background = Part(_("Background"), _paragraphs(localized(page.introduction)))
    afterwards = Part(_("What happens to what you say"), _afterwards(page))
    return [
        part
        for part in (asked, timetable, background, afterwards)
        if part.paragraphs or part.points or part.facts
    ]


def _paragraphs(words: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in words.split("\n") if line.strip())


def _facts(page: RequestPage) -> tuple[tuple[str, str], ...]:
    anyone = _("Anyone interested, and those whom the editors invite")
    facts = [
        (_("Sender"), ", ".join(one for one in (page.host, page.host_address) if one)),
        (_("Date"), show_date(page.dated_on) if page.dated_on else ""),
        (_("Reference"), page.phase_id),
        (_("Opens"), show_day(page.opens_on) if page.opens_on else _("not chosen")),
        (_("Last day"), show_deadline(page.closes_on) if page.closes_on else _("not chosen")),
        (_("Who is asked"), anyone if page.open_to_all else _("Those whom the editors invite")),
        (_("Convened by"), ", ".join(page.conveners)),
        (_("Responsible person"), page.responsible_name or _("The editors of the handbook")),
        (_("Phone"), page.responsible_phone),
        (_("E-mail address"), page.responsible_email),
        (_("Responsible for the personal data"), page.host),
    ]
    return tuple((name, value) for name, value in facts if value)


def _afterwards(page: RequestPage) -> tuple[str, ...]:
    link = _(
        "Invited people have a personal link in their mail. It works any number of times, "
        "without an account or a password."
    )
    if page.kind is PhaseKind.APPROVAL:
        decision = _(
            "Your decision concerns exactly the text that you see, in the capacity that you "
            "choose. Unless you pass on what a board has decided, it is no decision of your "
            "municipality or organisation. Silence is never taken as approval."
        )
        lost = _("If you were asked and the link is missing, ask the person above for it.")
        return (decision, link, lost)
    answers = _(
        "The editors read every contribution and answer it with a reason. You see the answer, "
        "and the words that changed, by the same link."
    )
    shared = f"{promise(page.sharing, page.shared_from)}."
    return (answers, shared, link, *_without_a_link(page))


def _without_a_link(page: RequestPage) -> tuple[str, ...]:
    """Say how to take part without a link: whoever files the request may have none."""
    if not page.is_open:
        return ()
    otherwise = _(
        "You can also answer by e-mail, letter or phone to the person above. The editors record "
        "what you say, and send you the answer if you give your address."
    )
    if not page.open_to_all:
        return (otherwise,)
    sign_up = _("Without a link, sign up on the request's page, and you get one of your own.")
    return (sign_up, otherwise)
