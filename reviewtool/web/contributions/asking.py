"""What the answer form needs: the chosen contributions, their evidence, what can be pointed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from reviewtool.domain.answers import AnswerKind, EvidenceKind
from reviewtool.domain.quoting import around
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.answers import by_number, chosen, phases_ahead
from reviewtool.queries.entries import Entry
from reviewtool.queries.sections import HandbookHead, WorkingSection, handbook_head, working_section
from reviewtool.queries.texts import texts_of
from reviewtool.queries.tree import working_tree
from reviewtool.services import answers
from reviewtool.services.answers import Answering, Place, Stretch
from reviewtool.text.changed_lines import at_line
from reviewtool.text.layout import layout, visible_words
from reviewtool.web import current
from reviewtool.web.contributions.forms import AnswerForm
from reviewtool.web.contributions.reasons import ready_reasons, with_ready
from reviewtool.web.contributions.shown import languages_of, line_names
from reviewtool.web.participant.shown import words_changed
from reviewtool.wording.refusals import refusal

MOST_SHOWN = 20
"""For how many contributions the words found as evidence are shown one by one."""

IN_THE_FORM = {
    Reason.REASON_MISSING: "reason",
    Reason.TOO_LONG: "reason",
    Reason.EVIDENCE_MISSING: "lines",
    Reason.PLACE_MISSING: "place",
    Reason.OTHER_MISSING: "other",
    Reason.PHASE_MISSING: "phase",
    Reason.SECTION_MISSING: "section",
    Reason.ALREADY_DONE: "kind",
    Reason.EDIT_CONFLICT: "kind",
    Reason.NOT_POSSIBLE_NOW: "kind",
}


@dataclass(frozen=True)
class FoundChange:
    """What a contribution changed, in words, with some words of the same block around it."""

    before: str
    after: str
    lead: str
    tail: str


@dataclass(frozen=True)
class Asking:
    """Everything that the answer form shows."""

    handbook: HandbookHead
    entries: tuple[Entry, ...]
    form: AnswerForm
    found: dict[str, tuple[FoundChange, ...]]
    section: WorkingSection | None
    languages: tuple[str, ...]

    @staticmethod
    def words_changed(before: str, after: str) -> Markup:
        """Give the difference between words, as everybody is shown it."""
        return words_changed(before, after)

    @property
    def ids(self) -> list[str]:
        """List the chosen contributions."""
        return [entry.id for entry in self.entries]


def ask(
    handbook_id: str, contribution_ids: Sequence[str], formdata: MultiDict[str, Any] | None = None
) -> Asking:
    """Prepare the answer form for chosen contributions. Raises Refused (not found)."""
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    entries = chosen(reader, actor, handbook_id, contribution_ids)
    section = _common_section(head, entries)
    languages = languages_of(entries)
    form = AnswerForm(formdata=formdata, data=_answer_now(entries, section))
    form.offer(
        lines=line_names(section.revision.text) if section else [],
        phases=[(one, localized(title)) for one, title in phases_ahead(reader, actor, handbook_id)],
        sections=[
            (line.section_id, f"{'– ' * line.depth}{line.title}")
            for line in working_tree(reader, handbook_id, head.language)
        ],
        reasons=ready_reasons(languages[0]),
    )
    if form.revision.data in (None, "") and section:
        form.revision.data = section.revision.line.id
    found = _found(entries) if len(entries) <= MOST_SHOWN else {}
    return Asking(head, tuple(entries), form, found, section, languages)


def _common_section(head: HandbookHead, entries: Sequence[Entry]) -> WorkingSection | None:
    sections = {entry.section_id for entry in entries}
    if len(sections) != 1 or None in sections:
        return None
    section_id = sections.pop()
    reader, actor = current.reader(), current.actor()
    return working_section(reader, actor, head.id, str(section_id), head.language)


def _answer_now(entries: Sequence[Entry], section: WorkingSection | None) -> dict[str, Any]:
    """Begin from the answer that a single contribution has."""
    if len(entries) != 1 or entries[0].answer is None:
        return {}
    answer = entries[0].answer
    place = ""
    if section and answer.place_revision_id == section.revision.line.id:
        place = next(
            (
                str(line.number)
                for line in layout(section.revision.text)
                if answer.place_start is not None and line.end > answer.place_start
            ),
            "",
        )
    return {
        "kind": answer.kind.value,
        "reason": answer.reason,
        "version": str(answer.version),
        "phase": answer.deferred_phase_id or "",
        "section": answer.moved_section_id or "",
        "other": answer.together_with,
        "place": place,
    }


def _found(entries: Sequence[Entry]) -> dict[str, tuple[FoundChange, ...]]:
    found = answers.evidence_of(
        current.installation(), current.actor(), [entry.id for entry in entries]
    )
    stretches = [stretch for own in found.values() for stretch in own]
    wanted = [one.from_revision_id for one in stretches] + [one.to_revision_id for one in stretches]
    texts = texts_of(current.reader(), current.actor(), [one for one in wanted if one])
    return {key: tuple(_change(one, texts) for one in own) for key, own in found.items()}


def _change(stretch: Stretch, texts: Mapping[str, str]) -> FoundChange:
    old = texts.get(stretch.from_revision_id or "", "")
    new = texts.get(stretch.to_revision_id or "", "")
    gone, come = at_line(
        old, (stretch.old_start, stretch.old_end), new, (stretch.new_start, stretch.new_end)
    )
    before, after = visible_words(old, *gone), visible_words(new, *come)
    near = around(new, *come) if after else around(old, *gone)
    return FoundChange(before, after, near.lead, near.tail)


def answering_of(asking: Asking) -> Answering:
    """Read the answer that an editor has filled in."""
    form = asking.form
    kind = AnswerKind(form.kind.data)
    reason = with_ready(form.ready.data or "", form.reason.data or "", asking.languages[0])
    other_id = None
    if kind is AnswerKind.TOGETHER_WITH and form.other.data is not None:
        other_id = by_number(current.reader(), current.actor(), asking.handbook.id, form.other.data)
    ranges = _ranges(asking)
    place = ranges.get(form.place.data or "")
    return Answering(
        kind=kind,
        reason=reason,
        evidence=tuple(
            Stretch(
                EvidenceKind.PARAGRAPH,
                asking.section.id,
                None,
                form.revision.data,
                new_start=ranges[number][0],
                new_end=ranges[number][1],
            )
            for number in form.lines.data or ()
            if asking.section and number in ranges
        ),
        find_evidence=bool(form.find.data),
        place=Place(form.revision.data or "", *place) if place else None,
        other_id=other_id,
        phase_id=form.phase.data or None,
        section_id=form.section.data or None,
    )


def _ranges(asking: Asking) -> dict[str, tuple[int, int]]:
    """Give the ranges of the paragraphs, if the text is still the one that the form showed."""
    section = asking.section
    if section is None or asking.form.revision.data != section.revision.line.id:
        return {}
    return {str(line.number): (line.start, line.end) for line in layout(section.revision.text)}


def put_into_form(asking: Asking, refused: Refused) -> bool:
    """Show a refusal beside the field that it is about; False where it is about none."""
    name = IN_THE_FORM.get(refused.reason)
    if name is None:
        return False
    words = refusal(refused.reason)
    numbers = ", ".join(dict.fromkeys(each.name for each in refused.missing if each.name))
    if numbers and len(asking.entries) > 1:
        words = _("%(words)s Contributions: %(numbers)s.", words=words, numbers=numbers)
    field = asking.form[name]
    field.errors = [*field.errors, words]
    return True


def chosen_ids() -> list[str]:
    """Read which contributions a page chose, each once."""
    return list(dict.fromkeys(request.values.getlist("c")))
