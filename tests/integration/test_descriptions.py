"""What a handbook says of itself."""

import pytest
from sqlalchemy import func, select

from reviewtool.domain.actors import VISITOR
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.trace import TraceRow
from reviewtool.services.descriptions import Description, describe_handbook
from tests.factories.handbooks import make_handbook

WHOLE = Description(
    title={"fi": "Käsikirja", "sv": " "},
    introduction={"fi": "Mitä järjestöt tekevät."},
    contact_name="Katri Vainiola",
    contact_phone="+358 00 000 0101",
    contact_email="katri@kumaja.example.org",
    host="Kumaja",
    joint_controllers="Espoon järjestötalo ry\n\n  Vantaan yhdistysverkosto ry ",
)


def test_a_description_is_kept_and_traced_without_its_words(installation: Installation) -> None:
    made = make_handbook(installation)
    for _ in range(2):
        describe_handbook(installation, made.administrator, made.id, WHOLE)
    with installation.database.read() as session:
        handbook = session.get_one(Handbook, made.id)
        traced = session.scalars(
            select(TraceRow.payload)
            .where(TraceRow.act == Act.HANDBOOK_DESCRIBED)
            .order_by(TraceRow.sequence)
        ).all()
    assert handbook.title == {"fi": "Käsikirja"}
    assert handbook.introduction == {"fi": "Mitä järjestöt tekevät."}
    assert handbook.contact_name == "Katri Vainiola"
    assert handbook.joint_controllers == "Espoon järjestötalo ry\nVantaan yhdistysverkosto ry"
    assert len(traced) == 2, "once as it was made; the same again changes nothing"
    assert "Katri" not in traced[-1]
    assert "contact_phone" in traced[-1]


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        (Description(title={"sv": "Handbok"}), Reason.EMPTY),
        (Description(title={"fi": "x" * 301}), Reason.TOO_LONG),
        (Description(title={"fi": "x"}, contact_email="katri"), Reason.BAD_ADDRESS),
    ],
)
def test_what_can_not_stand_is_refused(
    installation: Installation, description: Description, reason: Reason
) -> None:
    made = make_handbook(installation)
    with pytest.raises(Refused) as refused:
        describe_handbook(installation, made.administrator, made.id, description)
    assert refused.value.reason is reason


def test_only_editors_describe(installation: Installation) -> None:
    made = make_handbook(installation)
    with pytest.raises(Refused):
        describe_handbook(installation, VISITOR, made.id, WHOLE)
    with installation.database.read() as session:
        traced = select(func.count()).where(TraceRow.act == Act.HANDBOOK_DESCRIBED)
        assert session.scalar(traced) == 1, "as it was made"
