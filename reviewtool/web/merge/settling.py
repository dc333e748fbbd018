"""Settling clashes: base, working text and every proposal side by side, to choose or write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from reviewtool.domain.merging import Clash
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries.answers import chosen
from reviewtool.queries.entries import Entry
from reviewtool.queries.merge import preview
from reviewtool.queries.sections import handbook_head
from reviewtool.services import merging
from reviewtool.text.tokens import visible_part
from reviewtool.web import current
from reviewtool.web.editor_pages import frame
from reviewtool.web.merge import shown
from reviewtool.web.merge.forms import KEEP, OWN, ClashForm, TakeForm
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


def settling_page(
    handbook_id: str,
    section_id: str,
    ids: Sequence[str],
    formdata: MultiDict[str, Any] | None = None,
) -> Answer | merging.Taken:
    """Show the clashes with their choices; with form data take, and give what that came to."""
    reader, actor = current.reader(), current.actor()
    done = _taken_before(ids, formdata) if formdata is not None else None
    if done is not None:
        return done
    entries = {entry.id: entry for entry in chosen(reader, actor, handbook_id, ids)}
    looked = preview(reader, actor, handbook_id, section_id, ids)
    forms = {clash.key: _form(clash, entries, formdata) for clash in looked.outcome.clashes}
    take_form = TakeForm(formdata=formdata)
    status = 200
    if formdata is not None:
        taken = _take(take_form, forms, ids)
        if taken is not None:
            return taken
        status = 422
    elif not looked.outcome.clashes:
        url = url_for("merge.show", handbook_id=handbook_id, section_id=section_id)
        return redirect(url, code=303)
    take_form.version.data = looked.version
    page = render_template(
        "merge/settle.html",
        section_id=section_id,
        title=looked.title,
        language=looked.language,
        clashes=looked.outcome.clashes,
        entries=entries,
        replaced={clash.key: visible_part(clash.base).strip() for clash in looked.outcome.clashes},
        forms=forms,
        form=take_form,
        left_out=[entries[one] for one in looked.outcome.left_out],
        words={clash.key: _words(clash) for clash in looked.outcome.clashes},
        shown=shown,
        **frame(
            handbook_head(reader, actor, handbook_id),
            "desk",
            (looked.title, url_for("merge.show", handbook_id=handbook_id, section_id=section_id)),
            (_("Choose the wording"), None),
        ),
    )
    return (page, status) if status != 200 else page


def _taken_before(ids: Sequence[str], formdata: MultiDict[str, Any]) -> merging.Taken | None:
    """Give what this form has taken already; its clashes are read off its own fields."""
    keys = [name.removesuffix("-choice") for name in formdata if name.endswith("-choice")]
    choices = {key: ClashForm(formdata=formdata, prefix=key).chosen for key in keys}
    request_id = TakeForm(formdata=formdata).request_id.data or ""
    return merging.taken_before(current.installation(), current.actor(), ids, choices, request_id)


def _form(
    clash: Clash, entries: dict[str, Entry], formdata: MultiDict[str, Any] | None
) -> ClashForm:
    form = ClashForm(formdata=formdata, prefix=clash.key)
    by_number = sorted((entries[one] for one in clash.theirs), key=lambda entry: entry.number)
    alike: dict[str, list[Entry]] = {}
    for entry in by_number:
        alike.setdefault(clash.theirs[entry.id], []).append(entry)
    form.choice.choices = [
        *((same[0].id, "; ".join(_name(entry) for entry in same)) for same in alike.values()),
        (KEEP, lazy("Keep the text as it is now")),
        (OWN, lazy("Write another wording")),
    ]
    return form


def _name(entry: Entry) -> str:
    name = _("%(number)d, %(author)s", number=entry.number, author=entry.author)
    return f"{name}, {entry.organisation}" if entry.organisation else name


def _words(clash: Clash) -> dict[str, Markup | str]:
    """Give what stands with each choice: how the sentence would read, with what changes in it."""
    words: dict[str, Markup | str] = {
        one: shown.changed(clash, proposed) for one, proposed in clash.theirs.items()
    }
    return words | {KEEP: shown.around(clash, clash.mine)}


def _take(
    take_form: TakeForm, forms: dict[str, ClashForm], ids: Sequence[str]
) -> merging.Taken | None:
    """Take with what was chosen; None with errors in the forms where it can't be done."""
    valid = [form.validate() for form in forms.values()]
    if not take_form.validate() or not all(valid) or not forms:
        return None
    choices = {key: form.chosen for key, form in forms.items()}
    try:
        taken = merging.resolve(
            current.installation(), current.actor(), ids, choices, take_form.version.data or 0,
            take_form.request_id.data or "",
        )  # fmt: skip
    except Refused as refused:
        if refused.reason not in (Reason.TEXT_INVALID, Reason.EDIT_CONFLICT):
            raise
        next(iter(forms.values())).choice.errors = [refusal(refused.reason)]
        return None
    if not taken.clashes:
        return taken
    # The chosen words touch what else one of the suggestions changes: only a person can write that.
    next(iter(forms.values())).choice.errors = [
        _("With these words the suggestions still clash. Edit the text for them instead.")
    ]
    return None
