"""Putting a figure into a text, changing it and taking it out: by forms, without the editor."""

from __future__ import annotations

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.figures import Graphic, Placed, changed, graphics_of, place_of, places
from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.pictures import UnreadablePictureError
from reviewtool.queries.sections import WorkingSection, working_section
from reviewtool.services import figures
from reviewtool.services.pictures import add_picture
from reviewtool.services.sections import Saved
from reviewtool.text.blocks import Figure
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.figures.blueprint import blueprint
from reviewtool.web.figures.forms import FigureForm, GraphicForm, NumbersForm, fingerprint
from reviewtool.web.reading import figures_of, picture_url
from reviewtool.web.sections.views import crumbs
from reviewtool.wording.pictures import unreadable
from reviewtool.wording.refusals import refusal

LONGEST_PLACE = 70
HERE = "/handbooks/<handbook_id>/sections/<section_id>/figures"

Answer = str | Response | tuple[str, int]


def _section(handbook_id: str, section_id: str) -> WorkingSection:
    head = head_of(handbook_id)
    reader, actor = current.reader(), current.actor()
    return working_section(reader, actor, handbook_id, section_id, head.language)


def _placed(section: WorkingSection, index: int) -> Placed:
    found = graphics_of(section.revision.text)
    if not 0 <= index < len(found):
        raise Refused(Reason.NOT_FOUND)
    return found[index]


def _found_again(section: WorkingSection, index: int) -> tuple[Placed, bool]:
    """Find the figure that the form was filled from, wherever it stands now; else the nearest."""
    was = request.form.get("was", "")
    found = graphics_of(section.revision.text)
    same = [placed for placed in found if fingerprint(placed.graphic) == was]
    if same:
        return min(same, key=lambda placed: abs(placed.index - index)), True
    return _placed(section, min(index, len(found) - 1)), False


def _form_of(kind: str, *, posted: bool) -> FigureForm | NumbersForm:
    made = {"picture": FigureForm, "numbers": NumbersForm}.get(kind)
    if made is None:
        raise Refused(Reason.NOT_FOUND)
    return made() if posted else made(formdata=None)


def _kind(graphic: Graphic) -> str:
    return "picture" if isinstance(graphic, Figure) else "numbers"


def _offer_places(form: GraphicForm, section: WorkingSection, index: int | None) -> None:
    text = section.revision.text
    if index is not None:
        text = changed(text, index, None)
    form.place.choices = [(str(number), _place(words)) for number, words in places(text)]


def _place(words: str) -> str:
    if not words:
        return _("At the beginning of the text")
    short = words if len(words) <= LONGEST_PLACE else words[:LONGEST_PLACE].rstrip() + "…"
    return _("After “%(words)s”", words=short)


def _page(
    handbook_id: str, section: WorkingSection, form: GraphicForm, kind: str, index: int | None
) -> str:
    title = section.revision.line.title
    name = _("Picture") if kind == "picture" else _("Number graphic")
    sent = form.picture.data if isinstance(form, FigureForm) else ""
    return render_template(
        f"figures/{kind}.html",
        section=section,
        form=form,
        index=index,
        shown=sent in figures_of([f"::figure {sent}\n"]).pictures,
        picture_url=partial(picture_url, small=True),
        **frame(
            head_of(handbook_id),
            "structure",
            *crumbs(handbook_id, section.id, title, (name, None)),
        ),
    )


@blueprint.get(f"{HERE}/new/<kind>")
@access(Action.EDIT, of_own_section)
def new(handbook_id: str, section_id: str, kind: str) -> str:
    """Ask for a new picture (kind "picture") or number graphic ("numbers")."""
    section = _section(handbook_id, section_id)
    form = _form_of(kind, posted=False)
    _offer_places(form, section, None)
    form.base.data = section.revision.line.id
    form.place.data = str(places(section.revision.text)[-1][0])
    return _page(handbook_id, section, form, kind, None)


@blueprint.post(f"{HERE}/new/<kind>")
@access(Action.EDIT, of_own_section)
def put(handbook_id: str, section_id: str, kind: str) -> Answer:
    """Put the new figure where it was asked for."""
    section = _section(handbook_id, section_id)
    form = _form_of(kind, posted=True)
    _offer_places(form, section, None)
    if not _fits(handbook_id, form):
        return _page(handbook_id, section, form, kind, None), 422
    save = partial(figures.put_graphic, graphic=form.graphic(None), place=int(form.place.data))
    return _saved(handbook_id, section, form, kind, None, save)


@blueprint.get(f"{HERE}/<int:index>")
@access(Action.EDIT, of_own_section)
def edit(handbook_id: str, section_id: str, index: int) -> str:
    """Show one figure of the working text, to be changed."""
    section = _section(handbook_id, section_id)
    placed = _placed(section, index)
    form = _form_of(_kind(placed.graphic), posted=False)
    _offer_places(form, section, index)
    form.base.data = section.revision.line.id
    form.fill(placed.graphic, place_of(section.revision.text, index))
    return _page(handbook_id, section, form, _kind(placed.graphic), index)


@blueprint.post(f"{HERE}/<int:index>")
@access(Action.EDIT, of_own_section)
def change(handbook_id: str, section_id: str, index: int) -> Answer:
    """Save a changed figure, at its old place or another."""
    section = _section(handbook_id, section_id)
    placed, same = _found_again(section, index)
    kind, index = _kind(placed.graphic), placed.index
    form = _form_of(kind, posted=True)
    _offer_places(form, section, index)
    if not same:
        form.form_errors.append(
            _("This has been changed or removed meanwhile. Look at the text first.")
        )
    if not _fits(handbook_id, form) or not same:
        return _page(handbook_id, section, form, kind, index), 422
    save = partial(
        figures.change_graphic,
        index=index,
        graphic=form.graphic(placed.graphic),
        place=int(form.place.data),
    )
    return _saved(handbook_id, section, form, kind, index, save)


@blueprint.post(f"{HERE}/<int:index>/remove")
@access(Action.EDIT, of_own_section)
def remove(handbook_id: str, section_id: str, index: int) -> Answer:
    """Take a figure out of the text; the history brings it back."""
    section = _section(handbook_id, section_id)
    form = GraphicForm()
    out = redirect(url_for("sections.show", handbook_id=handbook_id, section_id=section.id))
    if figures.is_done(current.installation(), current.actor(), form.request_id.data):
        return out
    placed, same = _found_again(section, index)
    if not same:
        raise Refused(Reason.TEXT_CHANGED)
    figures.change_graphic(
        current.installation(),
        current.actor(),
        section_id,
        head_of(handbook_id).language,
        base_revision_id=form.base.data or "",
        index=placed.index,
        graphic=None,
        request_id=form.request_id.data,
    )
    flash(
        _("It has been removed from the text. You can bring it back from the history of the text."),
        "good",
    )
    return out


def _fits(handbook_id: str, form: FigureForm | NumbersForm) -> bool:
    """Check the form; a picture that came along is kept, whatever else is wrong."""
    fits = form.validate()
    if isinstance(form, FigureForm):
        sent = form.file.data
        if sent:
            try:
                form.picture.data = add_picture(
                    current.installation(),
                    current.actor(),
                    handbook_id,
                    Upload(sent.filename or "", sent.read()),
                )
            except UnreadablePictureError as error:
                form.file.errors = [unreadable(error)]
                return False
            current.fresh_reader()
        elif not form.picture.data:
            form.file.errors = [_("Choose a picture.")]
            return False
    return bool(fits)


def _saved(
    handbook_id: str,
    section: WorkingSection,
    form: FigureForm | NumbersForm,
    kind: str,
    index: int | None,
    save: partial[Saved],
) -> Answer:
    """Save; where a colleague saved meanwhile, show the words again over the newest text."""
    try:
        save(
            current.installation(),
            current.actor(),
            section.id,
            head_of(handbook_id).language,
            base_revision_id=form.base.data or "",
            request_id=form.request_id.data,
        )
    except Refused as refused:
        if refused.reason is Reason.EDIT_CONFLICT:
            form.base.data = section.revision.line.id
            form.form_errors.append(
                _("The text has been saved meanwhile. Check the place, and save again.")
            )
        elif refused.reason in (Reason.EMPTY, Reason.TOO_LONG):
            form.form_errors.append(refusal(refused.reason))
        else:
            raise
        return _page(handbook_id, section, form, kind, index), 422
    flash(_("The text is saved."), "good")
    return redirect(url_for("sections.show", handbook_id=handbook_id, section_id=section.id))
