"""The editor's page of a story: the person, the consent, and the activities of its episodes."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.files import Upload
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.domain.stories import Proposal, episodes_of, person_of, proposals
from reviewtool.infra.i18n import gettext as _
from reviewtool.office.pictures import UnreadablePictureError
from reviewtool.queries.pictures import picture_sizes
from reviewtool.queries.sections import WorkingSection, working_section
from reviewtool.queries.stories import StoryLine, stories_of
from reviewtool.queries.tree import working_tree
from reviewtool.services.pictures import add_picture
from reviewtool.services.stories import describe_story
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.editor_pages import frame, head_of, of_own_section
from reviewtool.web.reading import picture_url
from reviewtool.web.sections.views import crumbs
from reviewtool.web.stories.forms import StoryForm
from reviewtool.wording.pictures import unreadable

blueprint = Blueprint("stories", __name__)

HERE = "/handbooks/<handbook_id>/sections/<section_id>/story"


def _section(handbook_id: str, section_id: str) -> WorkingSection:
    head = head_of(handbook_id)
    section = working_section(
        current.reader(), current.actor(), handbook_id, section_id, head.language
    )
    if section.kind is not SectionKind.STORY:
        raise Refused(Reason.NOT_FOUND)
    return section


def _activities(handbook_id: str, language: str) -> dict[str, str]:
    tree = working_tree(current.reader(), handbook_id, language)
    return {line.section_id: line.title for line in tree if line.kind is SectionKind.ACTIVITY}


def _page(
    handbook_id: str,
    section: WorkingSection,
    form: StoryForm,
    activities: dict[str, str],
    proposed: frozenset[str] = frozenset(),
) -> str:
    title = section.revision.line.title
    for episode in form.episodes:
        episode.form.activity.choices = [("", _("No activity")), *activities.items()]
    return render_template(
        "stories/edit.html",
        section=section,
        form=form,
        proposed=proposed,
        shown=bool(picture_sizes(current.reader(), [form.picture.data or ""])),
        picture_url=partial(picture_url, small=True),
        **frame(
            head_of(handbook_id),
            "structure",
            *crumbs(handbook_id, section.id, title, (_("Whose story"), None)),
        ),
    )


@blueprint.get(HERE)
@access(Action.EDIT, of_own_section)
def edit(handbook_id: str, section_id: str) -> str:
    """Show whose the story is, and propose activities for episodes that have none."""
    section = _section(handbook_id, section_id)
    activities = _activities(handbook_id, section.revision.line.language)
    story = stories_of(current.reader(), [section_id]).get(section_id)
    found = proposals(episodes_of(section.revision.text), activities)
    form = StoryForm(formdata=None)
    _fill(form, story, section.revision.line.title)
    proposed = _fill_episodes(form, section.revision.text, story, found)
    return _page(handbook_id, section, form, activities, proposed)


def _fill(form: StoryForm, story: StoryLine | None, title: str) -> None:
    form.person.data = story.person if story else person_of(title)
    form.pseudonym.data = story.pseudonym if story else False
    if story is None:
        return
    form.role.data, form.consent.data = story.role, story.consent
    form.picture.data, form.picture_alt.data = story.picture_id, story.picture_alt


def _fill_episodes(
    form: StoryForm, text: str, story: StoryLine | None, found: dict[str, Proposal]
) -> frozenset[str]:
    """Fill the activities that are known; of the others give those that are only proposed."""
    known = {one.heading: one.activity_id for one in story.episodes} if story else {}
    proposed = set()
    headings = [episode.heading for episode in episodes_of(text)]
    for heading in dict.fromkeys(headings):
        activity = known.get(heading, "")
        if not activity and heading in found:
            activity = found[heading].activity_id
            proposed.add(heading)
        form.episodes.append_entry({"heading": heading, "activity": activity})
    return frozenset(proposed)


@blueprint.post(HERE)
@access(Action.EDIT, of_own_section)
def save(handbook_id: str, section_id: str) -> Response | tuple[str, int]:
    """Save whose the story is; a picture that came along is kept, whatever else is wrong."""
    section = _section(handbook_id, section_id)
    form = StoryForm()
    fits = bool(form.validate()) & _take_picture(handbook_id, form)
    if fits:
        try:
            describe_story(
                current.installation(),
                current.actor(),
                section_id,
                form.words(),
                form.request_id.data,
            )
        except Refused as refused:
            if refused.reason is not Reason.EMPTY:
                raise
            _ask(form, refused.details["field"])
            fits = False
    if not fits:
        activities = _activities(handbook_id, section.revision.line.language)
        return _page(handbook_id, section, form, activities), 422
    flash(_("Saved."), "good")
    return redirect(url_for("sections.show", handbook_id=handbook_id, section_id=section_id))


def _take_picture(handbook_id: str, form: StoryForm) -> bool:
    sent = form.file.data
    if not sent:
        return True
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
    form.without.data = False
    current.fresh_reader()
    return True


def _ask(form: StoryForm, name: str) -> None:
    if name == "consent":
        form.consent.errors = [
            _("Note the consent: who agreed to what, and when. Only the editors see it.")
        ]
    else:
        form.picture_alt.errors = [_("Say what the picture shows.")]
