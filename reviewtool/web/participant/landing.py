"""The page that a personal link opens: what is asked, and which texts are for its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.sections import minutes_to_read
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, ngettext
from reviewtool.queries.named import naming
from reviewtool.queries.round_texts import TextLine, continue_at
from reviewtool.services import themes
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import ParticipantForm
from reviewtool.web.participant.frame import Page, grouped, open_page


@dataclass(frozen=True)
class Share:
    """Some of a round's texts: how long they take, and what is done of them."""

    lines: Sequence[TextLine]

    @property
    def minutes(self) -> int:
        """Tell how long reading them takes."""
        return minutes_to_read(sum(line.words for line in self.lines))

    @property
    def done(self) -> int:
        """Count those that have got an answer of any kind."""
        return sum(line.progress.done for line in self.lines)

    @property
    def left(self) -> int:
        """Tell how many minutes reading those takes that have none; 0 where all have."""
        words = sum(line.words for line in self.lines if not line.progress.done)
        return minutes_to_read(words) if words else 0

    @property
    def ticks(self) -> list[str]:
        """Give the done marks of the texts in order."""
        return ["done" if line.progress.done else "todo" for line in self.lines]


class ThemesForm(ParticipantForm):
    """Chooses one's own themes among a round's areas and chapters."""

    themes = SelectMultipleField(
        lazy("Which themes are yours?"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )


def _themes_form(page: Page) -> ThemesForm | None:
    """Offer the round's themes with their sizes; None where there is nothing to choose."""
    by_theme: dict[str, list[TextLine]] = {}
    for line in page.lines:
        by_theme.setdefault(line.theme_id, []).append(line)
    if len(by_theme) < 2 or not page.writable:
        return None
    chosen = [theme_id for theme_id, lines in by_theme.items() if lines[0].chosen]
    form = ThemesForm(formdata=None, data={"themes": chosen})
    form.themes.choices = [
        (theme_id, _theme(lines[0].group, Share(lines))) for theme_id, lines in by_theme.items()
    ]
    return form


def _theme(title: str, share: Share) -> str:
    size = ngettext("%(num)d text", "%(num)d texts", len(share.lines))
    time = ngettext("about %(num)d minute", "about %(num)d minutes", share.minutes)
    return f"{title} ({size}, {time})"


@blueprint.get("/")
@access(Action.READ_ROUND, of_link)
def landing(link_id: str) -> str | Response:
    """Show what is asked, by when, how long it takes, what follows, who sees it; then the texts."""
    page = open_page(link_id)
    if page.head.kind is PhaseKind.WORKSHOP:
        return redirect(url_for("workshop.landing", link_id=link_id))
    if page.head.kind is PhaseKind.INTERVIEWS:
        return redirect(url_for("interview.landing", link_id=link_id))
    mine = [line for line in page.lines if line.chosen]
    others = [line for line in page.lines if not line.chosen] if mine else []
    return render_template(
        "participant/landing.html",
        **page.values(),
        following=continue_at(page.lines) if page.writable else None,
        begun=page.done > 0,
        everything=Share(page.lines),
        shown=Share(mine or page.lines),
        asked_groups=grouped(page, [line for line in page.lines if line.asked]),
        groups=grouped(page, mine or page.lines),
        others=Share(others),
        other_groups=grouped(page, others),
        named=naming(current.reader(), page.actor, page.lines, page.head.organisation),
        themes=_themes_form(page),
        chosen=bool(mine),
    )


@blueprint.post("/themes")
@access(Action.READ_ROUND, of_link)
def choose_themes(link_id: str) -> Response:
    """Keep which themes are one's own, for as long as the link works."""
    page = open_page(link_id)
    form = ThemesForm()
    wanted = form.themes.data or []
    themes.choose_themes(current.installation(), current.actor(), wanted)
    flash(
        _("Saved. The texts of your themes come first.")
        if wanted
        else _("Saved. You are shown all the texts."),
        "good",
    )
    return redirect(page.url("landing", _anchor="texts"), 303)
