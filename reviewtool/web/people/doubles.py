"""Probable doubles of people and organisations, what merging would move, and merging them."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.doubles import Likeness
from reviewtool.domain.policy import Action
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy
from reviewtool.queries import doubles as queries
from reviewtool.services import doubles as services
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form
from reviewtool.web.people.unanswered import kind_name
from reviewtool.web.people.views import blueprint, read_handbook

REASONS = {
    Likeness.SAME_ADDRESS: lazy("The same address, and much the same name"),
    Likeness.SAME_NAME: lazy("The same name"),
    Likeness.SIMILAR_NAME: lazy("Nearly the same name"),
}


@blueprint.get("/doubles")
@access(Action.RUN_PROCESS, of_handbook)
def doubles(handbook_id: str) -> str:
    """Show pairs that are probably one person, or one organisation."""
    reader, actor = current.reader(), current.actor()
    return render_template(
        "people/doubles.html",
        handbook=read_handbook(handbook_id),
        persons=queries.person_pairs(reader, actor, handbook_id),
        organisations=queries.organisation_pairs(reader, actor, handbook_id),
        reasons=REASONS,
        kind_name=kind_name,
    )


@blueprint.get("/<person_id>/same")
@access(Action.RUN_PROCESS, of_handbook)
def same_person(handbook_id: str, person_id: str) -> str:
    """Look for the person who this one is too."""
    return _same(handbook_id, person_id, "person", queries.persons_named)


@blueprint.get("/organisations/<organisation_id>/same")
@access(Action.RUN_PROCESS, of_handbook)
def same_organisation(handbook_id: str, organisation_id: str) -> str:
    """Look for the organisation that this one is too."""
    return _same(handbook_id, organisation_id, "organisation", queries.organisations_named)


def _same(handbook_id: str, own_id: str, what: str, named: Callable[..., object]) -> str:
    words = request.args.get("words", "")
    return render_template(
        "people/same.html",
        handbook=read_handbook(handbook_id),
        own_id=own_id,
        words=words,
        found=named(current.reader(), current.actor(), handbook_id, words, own_id),
        what=what,
        kind_name=kind_name,
    )


@blueprint.get("/doubles/persons/<kept_id>/<merged_id>")
@access(Action.RUN_PROCESS, of_handbook)
def preview_persons(handbook_id: str, kept_id: str, merged_id: str) -> str:
    """Show what merging two persons would move. Changes nothing."""
    page = queries.person_preview(
        current.reader(), current.actor(), handbook_id, kept_id, merged_id
    )
    return _preview(handbook_id, page, "person")


@blueprint.get("/doubles/organisations/<kept_id>/<merged_id>")
@access(Action.RUN_PROCESS, of_handbook)
def preview_organisations(handbook_id: str, kept_id: str, merged_id: str) -> str:
    """Show what merging two organisations would move. Changes nothing."""
    page = queries.organisation_preview(
        current.reader(), current.actor(), handbook_id, kept_id, merged_id
    )
    return _preview(handbook_id, page, "organisation")


def _preview(handbook_id: str, page: queries.MergePreview, what: str) -> str:
    return render_template(
        "people/merge.html",
        handbook=read_handbook(handbook_id),
        page=page,
        what=what,
        form=Form(formdata=None),
        kind_name=kind_name,
    )


@blueprint.post("/doubles/persons/<kept_id>/<merged_id>")
@access(Action.RUN_PROCESS, of_handbook)
def merge_persons(handbook_id: str, kept_id: str, merged_id: str) -> Response:
    """Let everything of one person stand under the other."""
    request_id = Form().request_id.data or ""
    services.merge_persons(current.installation(), current.actor(), kept_id, merged_id, request_id)
    flash(_("Merged. Everything stands under one name now, and the links of both work."), "good")
    return redirect(url_for("people.person", handbook_id=handbook_id, person_id=kept_id))


@blueprint.post("/doubles/organisations/<kept_id>/<merged_id>")
@access(Action.RUN_PROCESS, of_handbook)
def merge_organisations(handbook_id: str, kept_id: str, merged_id: str) -> Response:
    """Let everything of one organisation stand under the other."""
    request_id = Form().request_id.data or ""
    services.merge_organisations(
        current.installation(), current.actor(), kept_id, merged_id, request_id
    )
    flash(_("Merged. The other spelling leads to the same organisation from now on."), "good")
    return redirect(url_for("people.doubles", handbook_id=handbook_id))
