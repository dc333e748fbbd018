"""Pictures: their bytes for pages, and the place that the visual editor sends new ones to."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, jsonify, send_file

from reviewtool.domain.actors import ActorKind
from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.pictures import UnreadablePictureError
from reviewtool.queries.pictures import ENDINGS, picture_content, picture_facts, picture_sizes
from reviewtool.services.pictures import add_picture
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.pictures.forms import PictureForm
from reviewtool.web.reading import picture_url
from reviewtool.wording.pictures import unreadable

blueprint = Blueprint("pictures", __name__)

YEAR = 365 * 24 * 60 * 60
SIZES = ("large", "small")


def of_picture(file_id: str, **_others: str) -> Facts:
    """Give the facts of the picture in the address."""
    return picture_facts(current.reader(), current.actor(), file_id)


@blueprint.get("/pictures/<file_id>/<size>")
@access(Action.SEE_PICTURE, of_picture)
def show(file_id: str, size: str) -> Response:
    """Send a picture ("large" or "small.jpg") to those who read without a link."""
    return _sent(file_id, size)


@blueprint.get("/p/<link_id>/pictures/<file_id>/<size>")
@access(Action.SEE_PICTURE, of_picture)
def by_link(link_id: str, file_id: str, size: str) -> Response:
    """Send a picture to those who read by their link."""
    del link_id  # it named the actor
    return _sent(file_id, size)


def _sent(file_id: str, size: str) -> Response:
    """Send the bytes; they never change under this address, so that browsers may keep them."""
    stem, _dot, ending = size.partition(".")
    if stem not in SIZES or ending not in ("", *ENDINGS.values()):
        raise Refused(Reason.NOT_FOUND)
    reader, actor = current.reader(), current.actor()
    picture = picture_content(reader, actor, file_id, small=stem == "small")
    response = send_file(
        BytesIO(picture.content), mimetype=picture.media_type, etag=picture.sha256, conditional=True
    )
    seen_by = "public" if actor.kind is ActorKind.VISITOR else "private"
    response.headers["Cache-Control"] = f"{seen_by}, max-age={YEAR}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@blueprint.post("/handbooks/<handbook_id>/pictures")
@access(Action.EDIT, of_handbook)
def add(handbook_id: str) -> Response | tuple[Response, int]:
    """Take a picture from the visual editor; answers with its address and size, as JSON."""
    form = PictureForm()
    if not form.validate():
        return jsonify(words=form.picture.errors[0] if form.picture.errors else ""), 422
    sent = form.picture.data
    try:
        file_id = add_picture(
            current.installation(),
            current.actor(),
            handbook_id,
            Upload(sent.filename or "", sent.read()),
            form.request_id.data,
        )
    except UnreadablePictureError as error:
        return jsonify(words=unreadable(error)), 422
    size = picture_sizes(current.fresh_reader(), [file_id])[file_id]
    return jsonify(
        file=file_id,
        address=picture_url(file_id),
        width=size.width,
        height=size.height,
        words=_("The picture is ready to be put into the text."),
    )
