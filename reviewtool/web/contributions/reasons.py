"""Ready sentences for reasons: offered in the contributor's language, added before one's own."""

from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.i18n import lazy, speaking

REASONS = (
    lazy("Thank you: the text now says this."),
    lazy("We took the main point, and left the detail out to keep the text short."),
    lazy("The handbook describes activities in general, so it names no single organisation."),
    lazy("This is dealt with in another text of the handbook."),
    lazy("Opinions on this differed. We kept the wording that more of you support."),
    lazy("We found no source for this, so it was left out."),
    lazy("This is for municipalities or legislators to decide, not for this handbook."),
)


def ready_reasons(language: str) -> list[tuple[str, str]]:
    """List (value, sentence) of the ready sentences in a language."""
    with speaking(language if language in LANGUAGES else "fi"):
        return [(str(number), str(words)) for number, words in enumerate(REASONS, 1)]


def with_ready(chosen: str, own: str, language: str) -> str:
    """Put the chosen ready sentence before what the editor wrote."""
    ready = dict(ready_reasons(language)).get(chosen, "")
    return f"{ready} {own}".strip() if own else ready
