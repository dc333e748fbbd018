"""Where other words can be proposed."""

import pytest

from reviewtool.domain.passages import check_suggestion
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.text.anchors import passage_at
from reviewtool.text.document import compose

TEXT = compose(
    "Otsikko",
    (),
    """Ennen kuvaa.

::figure kuva1
::caption Kuvan teksti
::date 2020
::end

Kuvan jälkeen.

::box Tieto

Laatikossa.

::end""",
    (),
)


@pytest.mark.parametrize(
    ("first", "last"),
    [("Ennen", "teksti"), ("Kuvan teksti", "2020"), ("jälkeen", "Laatikossa"), ("Tieto", "ssa.")],
)
def test_a_suggestion_keeps_a_figure_and_a_box_whole(first: str, last: str) -> None:
    passage = passage_at(TEXT, TEXT.index(first), TEXT.index(last) + len(last))
    with pytest.raises(Refused) as refused:
        check_suggestion(TEXT, passage, "Muut sanat")
    assert refused.value.reason is Reason.ACROSS_PARTS


@pytest.mark.parametrize("words", ["Ennen kuvaa.", "Kuvan teksti", "Laatikossa.", "Tieto"])
def test_within_them_words_can_be_others(words: str) -> None:
    passage = passage_at(TEXT, TEXT.index(words), TEXT.index(words) + len(words))
    check_suggestion(TEXT, passage, "Muut sanat")
