"""What is said to somebody who reads the pages in another language than the texts have."""

from reviewtool.infra.i18n import LazyText, current_language, lazy

TEXTS_IN: dict[str, LazyText] = {
    "fi": lazy("The texts are in Finnish. You may write in your own language."),
    "sv": lazy("The texts are in Swedish. You may write in your own language."),
    "en": lazy("The texts are in English. You may write in your own language."),
}


def texts_in(language: str) -> str:
    """Say in what language the texts are, where the reader's is another one; else nothing."""
    if language == current_language() or language not in TEXTS_IN:
        return ""
    return str(TEXTS_IN[language])
