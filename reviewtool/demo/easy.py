"""Before the coordinators' round: what is asked, and some texts, in easy language."""

from reviewtool.demo.script import Entry
from reviewtool.demo.stage import Stage
from reviewtool.queries.easy import About
from reviewtool.services.easy import write_easy


def write_summaries(stage: Stage, phase: str) -> None:
    """Write the summaries of a round's request and of the texts that have one."""
    handbook_id = stage.handbook_id
    request = stage.script.easy["request"]
    _write(stage, About(handbook_id, phase_id=stage.phases[phase]), request)
    for text in stage.script.easy["text"]:
        _write(stage, About(handbook_id, section_id=stage.sections[text["section"]]), text)


def _write(stage: Stage, about: About, words: Entry) -> None:
    said: dict[str, str] = {code: words[code] for code in ("fi", "sv") if code in words}
    write_easy(stage.installation, stage.editor(), about, said, "")
