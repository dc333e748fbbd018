"""The joint statement of an organisation: its points, its people, and its submission."""

from __future__ import annotations

from flask import flash, redirect, render_template
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import HiddenInput

from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import current_language, lazy
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.changed_words import changed_words
from reviewtool.queries.statements import (
    JointStatement,
    PointLine,
    joint_statement,
    statement_door,
)
from reviewtool.services import statement_members, statement_points, statements
from reviewtool.services.contributions import Submission, Words
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.forms import stripped, told_at
from reviewtool.web.limits import SIGN_UP, limiter
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import (
    ActForm,
    ParticipantForm,
    PassOnForm,
    WordsForm,
    not_too_long,
    resume,
)
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.shown import suggestion_shown, words_changed
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept, show_in_form

Answer = str | Response | tuple[str, int]


class PointForm(WordsForm):
    """Other words for a point."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class NewPointForm(ParticipantForm):
    """A new point on a text as a whole, or on all of them."""

    section = SelectField(lazy("Which text is it about?"), validators=[Optional()])
    words = TextAreaField(
        lazy("What do we say?"),
        filters=[stripped],
        validators=[DataRequired(lazy("Write something first.")), not_too_long],
    )


class SubmitForm(ParticipantForm):
    """Submits what was read."""

    seen = HiddenField()


def _offered(page: Page, form: NewPointForm) -> NewPointForm:
    texts = [(line.section_id, line.title) for line in page.lines]
    form.section.choices = [("", _("The whole handbook")), *texts]
    return form


def _back(page: Page, anchor: str | None = None) -> Response:
    return redirect(page.url("statement", _anchor=anchor), 303)


def _own(page: Page) -> JointStatement:
    """Read the statement that the reader works on. Raises Refused (not found)."""
    found = joint_statement(current.reader(), page.actor)
    if found is None:
        raise Refused(Reason.NOT_FOUND)
    return found


def _point(page: Page, point_id: str) -> PointLine:
    for point in _own(page).drafts:
        if point.id == point_id:
            return point
    raise Refused(Reason.NOT_FOUND)


@blueprint.get("/statement")
@access(Action.READ_ROUND, of_link)
def statement(link_id: str) -> str:
    """Show the statement to those who work on it; to others, whether they may begin it."""
    return _page(open_page(link_id))


def _page(
    page: Page, point: NewPointForm | None = None, colleague: PassOnForm | None = None
) -> str:
    reader = current.reader()
    joint = joint_statement(reader, page.actor)
    keep = {"keep": page.unsent.keep("statement:new")}
    empty = resume(NewPointForm(formdata=None, data=keep), page.resumed)
    sent = [one.line for one in joint.sent if one.line] if joint else []
    return render_template(
        "participant/statement.html",
        **page.values((_("Our joint statement"), None)),
        joint=joint,
        door=None if joint else statement_door(reader, page.actor),
        titles={line.section_id: line.title for line in page.lines},
        point=_offered(page, point or empty),
        colleague=colleague or PassOnForm(formdata=None),
        act=ActForm(formdata=None),
        changed=changed_words(reader, [line.answer.id for line in sent if line.answer]),
        words_changed=words_changed,
        suggestion_shown=suggestion_shown,
    )


@blueprint.post("/statement/begin")
@access(Action.READ_ROUND, of_link)
def begin_statement(link_id: str) -> Response:
    """Begin the joint statement of one's organisation."""
    page = open_page(link_id)
    request_id = ActForm().request_id.data or ""
    statements.begin(current.installation(), current.actor(), request_id)
    flash(_("Begun. Write the first point, or ask your colleagues in."), "good")
    return _back(page)


@blueprint.post("/statement/points")
@access(Action.READ_ROUND, of_link)
def add_point(link_id: str) -> Answer:
    """Write a new point."""
    page = open_page(link_id)
    form = _offered(page, NewPointForm())
    if not form.validate():
        return _page(page, point=form), 422
    said = Submission(
        kind=ContributionKind.COMMENT,
        words=Words(form.words.data or ""),
        section_id=form.section.data or None,
        language=current_language(),
        form=form_key(link_id, form.keep.data),
    )
    point_id = statement_points.add_point(
        current.installation(), current.actor(), said, form.request_id.data or ""
    )
    flash(_("Saved. Your colleagues who work on the statement see it."), "good")
    forget_kept(form.keep.data)
    return _back(page, f"p-{point_id}")


@blueprint.get("/statement/points/<point_id>")
@access(Action.READ_ROUND, of_link)
def point(link_id: str, point_id: str) -> str:
    """Show the form that gives a point other words."""
    page = open_page(link_id)
    shown = _point(page, point_id)
    keep = {"keep": page.unsent.keep(f"statement:{point_id}:{shown.version}")}
    form = PointForm(formdata=None, obj=shown, data=keep)
    resumed = page.resumed
    if resumed is not None and resumed.form.startswith(f"statement:{point_id}:"):
        # Also of an earlier version: saving then shows both, as for two colleagues.
        form.keep.data = f"{link_id}:{resumed.form}"
    return _point_page(page, shown, resume(form, resumed))


def _point_page(page: Page, shown: PointLine, form: PointForm, *, clash: bool = False) -> str:
    return render_template(
        "participant/statement_point.html",
        **page.values((_("Our joint statement"), page.url("statement")), (_("Change"), None)),
        shown=shown,
        form=form,
        act=ActForm(formdata=None),
        title={line.section_id: line.title for line in page.lines}.get(shown.section_id or ""),
        differences=_differences(shown, form) if clash else None,
        suggestion_shown=suggestion_shown,
    )


def _differences(shown: PointLine, form: PointForm) -> list[tuple[str, Markup]]:
    """Give what a colleague's words and one's own differ in, part by part."""
    parts = (form.replacement, form.target_group, form.activity, form.effect, form.words)
    found = [(field, getattr(shown, field.name) or "", field.data or "") for field in parts]
    return [
        (str(field.label.text), words_changed(theirs, own))
        for field, theirs, own in found
        if theirs != own
    ]


@blueprint.post("/statement/points/<point_id>")
@access(Action.READ_ROUND, of_link)
def save_point(link_id: str, point_id: str) -> Answer:
    """Keep the words; where a colleague saved meanwhile, both are shown and nothing is lost."""
    page = open_page(link_id)
    form, shown = PointForm(), _point(page, point_id)
    if not form.validate():
        return _point_page(page, shown, form), 422
    try:
        statement_points.save_point(
            current.installation(),
            current.actor(),
            point_id,
            form.said(shown.kind, NameShown.ORGANISATION),
            form.version.data or 0,
            form.request_id.data or "",
            form_key(link_id, form.keep.data),
        )
    except Refused as refused:
        if refused.reason is not Reason.TEXT_CHANGED:
            if not show_in_form(form, refused, shown.kind):
                raise
            return _point_page(page, shown, form), 422
        form.version.raw_data = None
        form.version.data = shown.version
        return _point_page(page, shown, form, clash=True), 409
    flash(_("Saved. Your colleagues who work on the statement see it."), "good")
    forget_kept(form.keep.data)
    return _back(page, f"p-{point_id}")


@blueprint.post("/statement/points/<point_id>/drop")
@access(Action.READ_ROUND, of_link)
def drop_point(link_id: str, point_id: str) -> Response:
    """Take a draft point out."""
    page = open_page(link_id)
    version = PointForm().version.data or 0
    statement_points.drop_point(current.installation(), current.actor(), point_id, version)
    flash(_("The point is taken out."))
    return _back(page)


@blueprint.post("/statement/people")
@limiter.limit(SIGN_UP)
@access(Action.READ_ROUND, of_link)
def ask_colleague(link_id: str) -> Answer:
    """Ask a colleague in, who gets a link of their own."""
    page = open_page(link_id)
    form = PassOnForm()
    if not form.validate():
        return _page(page, colleague=form), 422
    try:
        statement_members.ask_colleague(
            current.installation(),
            current.actor(),
            form.name.data or "",
            form.address.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        told_at(form.address, refused, Reason.BAD_ADDRESS)
        return _page(page, colleague=form), 422
    flash(_("%(name)s gets a link of their own by e-mail.", name=form.name.data), "good")
    return _back(page, "people")


@blueprint.post("/statement/people/<person_id>/out")
@access(Action.READ_ROUND, of_link)
def take_out(link_id: str, person_id: str) -> Response:
    """Let somebody, or oneself, work on it no longer."""
    page = open_page(link_id)
    statement_members.take_out(current.installation(), current.actor(), person_id)
    flash(_("Done. What was written stays in the statement."))
    return _back(page)


@blueprint.post("/statement/people/<person_id>/submits")
@access(Action.READ_ROUND, of_link)
def hand_over(link_id: str, person_id: str) -> Response:
    """Let a colleague submit it."""
    page = open_page(link_id)
    statement_members.hand_over(current.installation(), current.actor(), person_id)
    flash(_("Handed over: your colleague submits the statement."), "good")
    return _back(page, "people")


@blueprint.get("/statement/submit")
@access(Action.READ_ROUND, of_link)
def ask_submit(link_id: str) -> str:
    """Show what is submitted, and what it means."""
    return _submit_page(open_page(link_id))


def _submit_page(page: Page, *, newer: bool = False) -> str:
    joint = _own(page)
    return render_template(
        "participant/statement_submit.html",
        **page.values((_("Our joint statement"), page.url("statement")), (_("Submit"), None)),
        joint=joint,
        titles={line.section_id: line.title for line in page.lines},
        form=SubmitForm(formdata=None, data={"seen": joint.seen}),
        newer=newer,
        suggestion_shown=suggestion_shown,
    )


@blueprint.post("/statement/submit")
@access(Action.READ_ROUND, of_link)
def submit_statement(link_id: str) -> Answer:
    """Submit it; where a colleague changed something meanwhile, the new state is shown first."""
    page = open_page(link_id)
    form = SubmitForm()
    try:
        statements.submit_statement(
            current.installation(),
            current.actor(),
            form.seen.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is not Reason.TEXT_CHANGED:
            raise
        return _submit_page(page, newer=True), 409
    flash(_("Submitted. The answers appear here when the next draft does."), "good")
    return _back(page)
