"""The templates of processes are read, and what is wrong in one is named."""

from pathlib import Path

import pytest

from reviewtool.config.processes import ProcessTemplateError, load_template, template_names
from reviewtool.domain.phases import PhaseKind

PHASE = """
title = {fi = "Malli", sv = "Mall", en = "Template"}
[[phase]]
key = "round"
kind = "round"
title = {fi = "Kierros", sv = "Runda", en = "Round"}
"""


def test_every_shipped_template_can_be_loaded() -> None:
    assert template_names() == ("model-case", "single-round")
    model, short = (load_template(name) for name in template_names())
    assert [phase.kind for phase in model.phases].count(PhaseKind.WORKSHOP) == 2
    assert [phase.kind for phase in short.phases].count(PhaseKind.ROUND) == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (PHASE.replace('kind = "round"', 'kind = "rond"'), "kind is one of"),
        (PHASE.replace('key = "round"\n', ""), "give key"),
        (PHASE.replace('sv = "Runda", ', ""), "give title in each of fi, sv, en"),
        (PHASE + PHASE.split("\n", 2)[2], "each its own key"),
        (
            PHASE + '[[phase.question]]\nkind = "choice"\nscope = "whole"\n'
            'words = {fi = "K", sv = "F", en = "Q"}\n',
            "has options",
        ),
        ("title = ", "not readable"),
    ],
)
def test_a_wrong_template_is_refused_with_its_place(tmp_path: Path, wrong: str, told: str) -> None:
    (tmp_path / "own.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ProcessTemplateError, match=told):
        load_template("own", tmp_path)


def test_an_unknown_template_names_the_known_ones() -> None:
    with pytest.raises(ProcessTemplateError, match="model-case, single-round"):
        load_template("nothing")
