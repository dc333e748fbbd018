"""The room of a workshop for those in it: pick a group, say something, see what others say."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action, may
from reviewtool.domain.proposals import ProposalAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.workshop_room import Room, room, room_version
from reviewtool.queries.workshop_texts import text_to_read
from reviewtool.services import supports, workshop_rooms
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.web.reading import shown_text
from reviewtool.web.workshops.door import of_own_workshop, of_read_workshop, taking_part
from reviewtool.web.workshops.forms import TicketForm
from reviewtool.web.workshops.frame import PartPage, open_part
from reviewtool.web.workshops.live import answered, tag_of
from reviewtool.web.workshops.room_forms import NEEDED, FeatureForm, ProposalForm
from reviewtool.wording.proposals import act_name
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

FEATURE = "feature"
IN_THE_FORM = {
    Reason.SECTION_MISSING: "section",
    Reason.OTHER_SECTION_MISSING: "other",
    Reason.TITLE_MISSING: "title",
    Reason.NOT_FOUND: "section",
    Reason.TOO_LONG: "words",
    Reason.EMPTY: "words",
}


@taking_part.get("/room")
@access(Action.READ_WORKSHOP, of_own_workshop)
def in_room(link_id: str) -> str:
    """Show the groups to pick from, or what can be said, and what has been said."""
    page = open_part(link_id)
    said = read_room(page)
    wanted = request.args.get("say", "")
    return _page(page, said, _form_of(page, said, wanted))


def read_room(page: PartPage) -> Room:
    """Read what has been said in the workshop, as this participant sees it."""
    head = page.head
    return room(
        current.reader(), current.actor(), head.handbook_id, head.phase_id, head.handbook_language
    )


def _form_of(page: PartPage, said: Room, wanted: str) -> ProposalForm | FeatureForm | None:
    """Make the empty form for what somebody wants to say; None where they choose first."""
    if not speaks(page) or not _can_say(page, said):
        return None
    kept = {"keep": page.unsent.keep(f"workshop:{wanted}")}
    resumed = page.unsent.resumed
    if wanted == FEATURE:
        return resume(FeatureForm(formdata=None, data=kept), resumed).offer(said.tree)
    if wanted in {one.value for one in ProposalAct}:
        form = ProposalForm(formdata=None, data={"act": wanted, **kept})
        return resume(form, resumed).offer(said.tree)
    return None


def _can_say(page: PartPage, said: Room) -> bool:
    """Tell whether one sits where things are said: in a group, where there are any."""
    return page.own.group_id is not None or not said.groups


def speaks(page: PartPage) -> bool:
    """Tell whether something can be said now."""
    return may(current.actor(), Action.SPEAK_IN_WORKSHOP, page.head.facts)


def _page(page: PartPage, said: Room, form: ProposalForm | FeatureForm | None) -> str:
    act = form.chosen if isinstance(form, ProposalForm) else None
    acts = [one for one in ProposalAct if said.tree or one is ProposalAct.ADD]
    return render_template(
        "workshops/room.html",
        said=said,
        form=form,
        act=act,
        feature=FEATURE,
        needed=NEEDED[act] if act else (),
        acts=[(one, act_name(one)) for one in acts],
        tag=_tag(page.link_id, page.head.handbook_id),
        can_say=_can_say(page, said),
        group=said.group_names.get(page.own.group_id or ""),
        pick=TicketForm(formdata=None),
        **page.values("in_room"),
        **_shown(page),
    )


def _shown(page: PartPage) -> dict[str, object]:
    """Give what the list of what has been said needs."""
    return {"act_form": TicketForm(formdata=None), "writable": speaks(page)}


def _tag(link_id: str, handbook_id: str) -> str:
    version = room_version(current.reader(), handbook_id)
    return tag_of(version, link_id, current.actor().writable)


@taking_part.get("/texts/<section_id>")
@access(Action.READ_WORKSHOP, of_own_workshop)
def text(link_id: str, section_id: str) -> str:
    """Show a text that is spoken of."""
    page = open_part(link_id)
    one = text_to_read(current.reader(), current.actor(), page.head, section_id)
    return render_template(
        "workshops/text.html",
        one=one,
        body=shown_text(one.text),
        **page.values("in_room", (_("The room"), page.url("in_room")), (one.title, None)),
    )


@taking_part.get("/room/said")
@access(Action.READ_WORKSHOP, of_read_workshop)
def said(link_id: str) -> Response:
    """Give what has been said, where it isn't shown already; asked every two seconds."""
    tag = _tag(link_id, current.actor().handbook_id or "")

    def render() -> str:
        page = open_part(link_id)
        return render_template(
            "workshops/said.html", page=page, said=read_room(page), **_shown(page)
        )

    return answered(tag, render)


@taking_part.post("/room/group")
@access(Action.SPEAK_IN_WORKSHOP, of_own_workshop)
def pick(link_id: str) -> Response:
    """Sit down with a group."""
    form = TicketForm()
    workshop_rooms.enter_group(
        current.installation(),
        current.actor(),
        request.form.get("group", ""),
        form.request_id.data or "",
    )
    return redirect(open_part(link_id).url("in_room"), 303)


@taking_part.post("/room/propose")
@access(Action.SPEAK_IN_WORKSHOP, of_own_workshop)
def propose(link_id: str) -> Answer:
    """Take a proposal about the structure."""
    page = open_part(link_id)
    said = read_room(page)
    form = ProposalForm().offer(said.tree)
    if not form.validate():
        return _page(page, said, form), 422
    try:
        workshop_rooms.propose(
            current.installation(),
            current.actor(),
            form.proposed,
            form.words.data or "",
            form.request_id.data or "",
            form_key(link_id, form.keep.data),
        )
    except Refused as refused:
        return _failed(page, said, form, refused)
    return _done(page, form)


@taking_part.post("/room/feature")
@access(Action.SPEAK_IN_WORKSHOP, of_own_workshop)
def tell(link_id: str) -> Answer:
    """Take what a text must say."""
    page = open_part(link_id)
    said = read_room(page)
    form = FeatureForm().offer(said.tree)
    if not form.validate():
        return _page(page, said, form), 422
    try:
        workshop_rooms.feature(
            current.installation(),
            current.actor(),
            form.section.data or None,
            form.words.data or "",
            form.request_id.data or "",
            form_key(link_id, form.keep.data),
        )
    except Refused as refused:
        return _failed(page, said, form, refused)
    return _done(page, form)


def _failed(
    page: PartPage, said: Room, form: ProposalForm | FeatureForm, refused: Refused
) -> Answer:
    name = IN_THE_FORM.get(refused.reason)
    if name is None:
        raise refused
    form[name].errors = [refusal(refused.reason)]
    return _page(page, said, form), 422


def _done(page: PartPage, form: ProposalForm | FeatureForm) -> Response:
    flash(_("Thank you. It is there for everybody to see now."), "good")
    forget_kept(form.keep.data)
    return redirect(page.url("in_room"), 303)


@taking_part.post("/room/<contribution_id>/support")
@access(Action.SPEAK_IN_WORKSHOP, of_own_workshop)
def agree(link_id: str, contribution_id: str) -> Response:
    """Agree with what another has said, or no longer."""
    site, actor = current.installation(), current.actor()
    if request.form.get("undo"):
        supports.unsupport(site, actor, contribution_id)
        flash(_("You no longer agree with this comment."), "good")
    else:
        supports.support(site, actor, contribution_id)
        flash(_("You agree. Those who see the comment see how many do."), "good")
    return redirect(open_part(link_id).url("in_room", _anchor=f"c-{contribution_id}"), 303)
