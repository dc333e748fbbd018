"""The form of a story: the person, the picture, the consent, and an activity for each episode."""

from __future__ import annotations

from collections.abc import Mapping

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, Optional

from reviewtool.domain.stories import LONGEST_ALT, LONGEST_CONSENT, LONGEST_NAME, LONGEST_ROLE
from reviewtool.infra.i18n import lazy
from reviewtool.services.stories import StoryWords
from reviewtool.web.forms import Form, stripped


class EpisodeForm(PlainForm):
    """One episode, by its heading, and the activity that it is about."""

    heading = HiddenField()
    activity = SelectField(
        lazy("Activity"), choices=[], validators=[Optional()], validate_choice=False
    )


class StoryForm(Form):
    """What is told of the person; `picture` holds a picture that was sent already."""

    person = StringField(lazy("Person"), filters=[stripped], validators=[Length(max=LONGEST_NAME)])
    pseudonym = BooleanField(lazy("The name has been changed, or was made up"))
    role = StringField(
        lazy("Role or situation"), filters=[stripped], validators=[Length(max=LONGEST_ROLE)]
    )
    picture = HiddenField()
    file = FileField(lazy("Picture of the person"))
    without = BooleanField(lazy("Remove the picture"))
    picture_alt = TextAreaField(
        lazy("What the picture shows"), filters=[stripped], validators=[Length(max=LONGEST_ALT)]
    )
    consent = TextAreaField(
        lazy("Consent"), filters=[stripped], validators=[Length(max=LONGEST_CONSENT)]
    )
    episodes = FieldList(FormField(EpisodeForm))

    def words(self) -> StoryWords:
        """Give what was written."""
        picture_id = None if self.without.data else self.picture.data or None
        return StoryWords(
            person=self.person.data or "",
            pseudonym=bool(self.pseudonym.data),
            role=self.role.data or "",
            consent=self.consent.data or "",
            picture_id=picture_id,
            picture_alt=" ".join((self.picture_alt.data or "").split()) if picture_id else "",
            episodes=self.tied(),
        )

    def tied(self) -> Mapping[str, str]:
        """Give the activities that were chosen, by the episodes' headings."""
        return {
            episode.form.heading.data: episode.form.activity.data
            for episode in self.episodes
            if episode.form.heading.data and episode.form.activity.data
        }
