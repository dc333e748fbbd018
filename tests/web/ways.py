"""The ways to the forms that a crawl of the demonstration doesn't meet.

A way leads a browser of its own to the page that holds the form; it may act before, as people
would. Each is named by the rule that its form is sent to, with a note where a rule has several.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.links import Purpose
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from tests.factories.answers import said
from tests.web import staging
from tests.web.browser import Browser
from tests.web.by_script import autosaved
from tests.web.doubled import Stage
from tests.web.filling import (
    BOOK,
    HANDBOOK,
    PARTICIPANT,
    PEOPLE,
    SIGN_UP,
)
from tests.web.interview_ways import INTERVIEW_WAYS
from tests.web.people_ways import PEOPLE_WAYS
from tests.web.reply_ways import REPLY_WAYS
from tests.web.statement_ways import STATEMENT_WAYS
from tests.web.workshop_ways import WORKSHOP_WAYS


def _signing_up(stage: Stage) -> Browser:
    phase_id = staging.open_round_again(stage)
    browser = stage.enter("visitor")
    browser.open(f"/h/{stage.ways.handbook_id}/rounds/{phase_id}/sign-up")
    return browser


def _confirming(stage: Stage) -> Browser:
    browser = _signing_up(stage)
    browser.submit("/sign-up", SIGN_UP)
    newest = select(Message.context).where(Message.kind == "confirmation")
    link_id = staging.one(stage, newest)["link"]
    browser.open(staging.link_url(stage.installation, link_id))
    return browser


def _signing_in(stage: Stage) -> Browser:
    browser = stage.enter("visitor")
    browser.open(staging.short_link(stage, Purpose.SIGN_IN))
    return browser


def _asking_for_a_link(stage: Stage) -> Browser:
    browser = stage.enter("visitor")
    browser.open("/in/not-a-link")
    return browser


def _without_session(stage: Stage) -> Browser:
    link_id = stage.ways.coordinator.rsplit("/", 1)[1].split(".")[0]
    browser = stage.enter("visitor")
    browser.open(f"/p/{link_id}/")
    return browser


def _own_expert_page(stage: Stage) -> Browser:
    """Lead the expert, with the round open again, to a text that others have spoken about."""
    staging.open_round_again(stage)
    browser = stage.enter("expert")
    start = browser.url
    spoken_about = select(Contribution.section_id).where(
        Contribution.phase_id == staging.phase_of(stage, "ngo-round"),
        Contribution.section_id.is_not(None),
        Contribution.state == ContributionState.RECEIVED,
    )
    with stage.installation.database.read() as session:
        section_ids = sorted(filter(None, session.scalars(spoken_about.distinct())))
    for section_id in section_ids:
        browser.open(f"{start}sections/{section_id}")
        if any(form.action.endswith("/support") for form in browser.forms()):
            break
    return browser


def _agreed(stage: Stage) -> Browser:
    browser = _own_expert_page(stage)
    browser.submit("/support")
    return browser


def _composing(stage: Stage) -> Browser:
    browser = _own_expert_page(stage)
    browser.open(f"{browser.url}/say?kind=suggestion&block=1")
    return browser


def _changing_words(stage: Stage) -> Browser:
    """Let the expert come to the page that changes a proposal of their own."""
    browser = _composing(stage)
    browser.submit("/say", {"replacement": "Toiset sanat."})
    newest = staging.one(stage, select(Contribution.id).order_by(Contribution.number.desc()))
    browser.open(f"{browser.url.split('/sections/')[0]}/contributions/{newest}/edit")
    return browser


def _said_nothing(stage: Stage) -> Browser:
    browser = stage.enter("coordinator")
    page = stage.found[f"{PARTICIPANT}/sections/<section_id>/nothing"][1]
    browser.open(page)
    browser.submit("/nothing")
    browser.open(page)
    return browser


def _ready(stage: Stage) -> Browser:
    browser = stage.enter("coordinator")
    browser.open(f"{browser.url}ready")
    browser.submit("/ready")
    return browser


def _late(stage: Stage) -> Browser:
    browser = stage.enter("expert")
    rule = f"{PARTICIPANT}/sections/<section_id>/say"
    browser.open(stage.found[rule][1])
    browser.submit("/say", {"words": "Tämä tulee vasta nyt."})
    late = staging.contribution(stage, Contribution.state == ContributionState.LATE)
    return stage.editors_page(f"/contributions/{late}")


def _answered(stage: Stage) -> Browser:
    staging.answer_all(stage)
    with stage.installation.database.read() as session:
        reasoned = select(Answer).where(
            Answer.state == "draft", Answer.kind == AnswerKind.NOT_TAKEN
        )
        answer = session.scalars(reasoned.limit(1)).one()
    return stage.editors_page(f"/contributions/{answer.contribution_id}")


def _feature(stage: Stage) -> Browser:
    bench = staging.bench_of(stage)
    feature = said(stage.installation, bench, kind=ContributionKind.FEATURE)
    return stage.editors_page(f"/contributions/{feature}")


def _freezing(stage: Stage) -> Browser:
    staging.answer_all(stage)
    browser = _editing(stage)
    browser.submit("/edit", {"body": "Uusi teksti."})
    browser.open(f"/handbooks/{stage.ways.handbook_id}/drafts/freeze")
    return browser


def _publishing(stage: Stage) -> Browser:
    browser = _freezing(stage)
    browser.submit("/freeze")
    browser.open(f"/handbooks/{stage.ways.handbook_id}/publication")
    return browser


def _opening(stage: Stage) -> Browser:
    return stage.editors_page(f"/process/{staging.phase_of(stage, 'publication')}/open")


def _reopening(stage: Stage) -> Browser:
    return stage.editors_page(f"/process/{staging.phase_of(stage, 'ngo-round')}/reopen")


def _next_run(stage: Stage) -> Browser:
    staging.close_all(stage)
    return stage.editors_page("/process/next-run")


def _imported(stage: Stage) -> Browser:
    browser = stage.editors_page("/import")
    browser.submit("/import", files={"file": BOOK})
    return browser


def _table(stage: Stage) -> Browser:
    browser = stage.enter("editor")
    browser.open(stage.found[f"{HANDBOOK}/people/invite/<phase_id>/spreadsheet"][1])
    browser.submit("/spreadsheet", files={"file": PEOPLE})
    return browser


def _failed(stage: Stage) -> Browser:
    staging.fail_messages(stage)
    return stage.editors_page("/messages")


def _carrying(stage: Stage) -> Browser:
    section_id = staging.corrected_line(stage)
    phase_id = staging.phase_of(stage, "approval")
    return stage.editors_page(f"/phases/{phase_id}/approvals/{section_id}")


def _objecting(stage: Stage) -> Browser:
    section_id = staging.carried(stage)
    browser = stage.enter("approver")
    browser.open(f"{browser.url}/texts/{section_id}")
    return browser


def _editing(stage: Stage) -> Browser:
    """Open the editing page itself: the page that undoes a change sends the same form."""
    browser = stage.enter("editor")
    page = stage.found[f"{HANDBOOK}/sections/<section_id>/edit"][1]
    browser.open(f"{page.split('/undo/')[0].removesuffix('/edit')}/edit")
    return browser


def _changed_by_oneself(stage: Stage) -> Browser:
    browser = _editing(stage)
    page = browser.url
    browser.submit("/edit", {"body": "Uusi teksti."})
    browser.open(f"{page.removesuffix('/edit')}/merge")
    return browser


def _kept(stage: Stage) -> Browser:
    browser = _editing(stage)
    page = browser.url
    browser.submit(form=autosaved(browser), values={"body": "Kesken."})
    browser.open(page)
    return browser


def _settling(stage: Stage) -> Browser:
    section_id, both = staging.two_that_clash(stage)
    query = "&".join(f"c={each}" for each in both)
    return stage.editors_page(f"/sections/{section_id}/merge/settle?{query}")


def _taking(stage: Stage) -> Browser:
    staging.answer_all(stage)  # so that the list holds the two only
    section_id, _both = staging.two_that_clash(stage)
    return stage.editors_page(f"/sections/{section_id}/merge")


def _asked(stage: Stage) -> Browser:
    browser = stage.enter("editor")
    browser.open(stage.found[f"{HANDBOOK}/process/<phase_id>/questions"][1])
    browser.submit(having="words_fi", values={"words_fi": "Mikä puuttuu?"})
    return browser


def _dropped(stage: Stage) -> Browser:
    browser = stage.enter("editor")
    browser.open(stage.found[f"{HANDBOOK}/structure/<section_id>/drop"][1])
    browser.submit("/drop")
    return browser


def _splitting(stage: Stage) -> Browser:
    one, _other = staging.two_activities(stage)
    return stage.editors_page(f"/structure/{one}/split?t1=Oma+aihe&shown=1&p1=1")


def _merging(stage: Stage) -> Browser:
    one, other = staging.two_activities(stage)
    return stage.editors_page(f"/structure/{one}/merge?s={one}&s={other}&title=Yhdessä")


def _related(stage: Stage) -> Browser:
    browser = stage.enter("editor")
    page = stage.found[f"{HANDBOOK}/structure/<section_id>/relate"][1]
    browser.open(page)
    browser.submit("/relate")
    browser.open(page)
    return browser


def _beginning(stage: Stage) -> Browser:
    browser = stage.enter("editor")
    browser.open("/handbooks/new")
    return browser


WAYS: dict[str, Callable[[Stage], Browser]] = {
    "/h/<handbook_id>/rounds/<phase_id>/sign-up": _signing_up,
    "/in/<token>/confirm": _confirming,
    "/in/<token>/sign-in": _signing_in,
    "/new-link": _asking_for_a_link,
    "/new-link/<lost_id>": _without_session,
    f"{PARTICIPANT}/contributions/<contribution_id>/support": _own_expert_page,
    f"{PARTICIPANT}/contributions/<contribution_id>/support (taken back)": _agreed,
    f"{PARTICIPANT}/sections/<section_id>/say (in time)": _own_expert_page,
    f"{PARTICIPANT}/sections/<section_id>/say (a suggestion)": _composing,
    f"{PARTICIPANT}/sections/<section_id>/preview": _composing,
    f"{PARTICIPANT}/contributions/<contribution_id>/preview": _changing_words,
    f"{PARTICIPANT}/sections/<section_id>/alike": _own_expert_page,
    f"{PARTICIPANT}/contributions/<contribution_id>/reply": _own_expert_page,
    f"{PARTICIPANT}/sections/<section_id>/nothing (taken back)": _said_nothing,
    f"{PARTICIPANT}/ready/undo": _ready,
    f"{PARTICIPANT}/unsent": _own_expert_page,
    f"{PARTICIPANT}/approve/carries/<carry_id>": _objecting,
    f"{HANDBOOK}/phases/<phase_id>/approvals/<section_id>/carry": _carrying,
    f"{HANDBOOK}/contributions/<contribution_id>/admit": _late,
    f"{HANDBOOK}/contributions/<contribution_id>/leave-out": _late,
    f"{HANDBOOK}/contributions/<contribution_id>/publish": _answered,
    f"{HANDBOOK}/contributions/answer (revised)": _answered,
    f"{HANDBOOK}/contributions/used": _feature,
    f"{HANDBOOK}/drafts/freeze": _freezing,
    f"{HANDBOOK}/publication": _publishing,
    f"{HANDBOOK}/process/<phase_id>/open": _opening,
    f"{HANDBOOK}/process/next-run": _next_run,
    f"{HANDBOOK}/process/<phase_id>/reopen": _reopening,
    f"{HANDBOOK}/process/<phase_id>/questions/<question_id>/remove": _asked,
    f"{HANDBOOK}/import/<file_id>": _imported,
    f"{HANDBOOK}/import/<file_id>/discard": _imported,
    f"{HANDBOOK}/people/invite/<phase_id>/spreadsheet/<file_id>": _table,
    f"{HANDBOOK}/messages/<message_id>/send-again": _failed,
    f"{HANDBOOK}/messages/send-failed-again": _failed,
    f"{HANDBOOK}/sections/<section_id>/buffer": _editing,
    f"{HANDBOOK}/pictures": _editing,
    f"{HANDBOOK}/sections/<section_id>/buffer/discard": _kept,
    f"{HANDBOOK}/sections/<section_id>/merge/settle": _settling,
    f"{HANDBOOK}/sections/<section_id>/merge/take (into the text)": _taking,
    f"{HANDBOOK}/sections/<section_id>/merge/undo": _changed_by_oneself,
    f"{HANDBOOK}/structure/<section_id>/split": _splitting,
    f"{HANDBOOK}/structure/<section_id>/merge": _merging,
    f"{HANDBOOK}/structure/<section_id>/restore": _dropped,
    f"{HANDBOOK}/structure/<section_id>/unrelate/<other_id>": _related,
    "/handbooks/new": _beginning,
    **INTERVIEW_WAYS,
    **PEOPLE_WAYS,
    **REPLY_WAYS,
    **STATEMENT_WAYS,
    **WORKSHOP_WAYS,
}
