"""Every table says how its rows belong to a handbook's archive."""

from reviewtool.models import Base
from reviewtool.queries.archive import APART, BROUGHT, OWNED, ROOT


def test_every_table_is_owned_brought_or_apart() -> None:
    declared = [ROOT, *OWNED, *BROUGHT, *APART]
    assert sorted(declared) == sorted(Base.metadata.tables)


def test_an_owned_table_points_into_its_owner() -> None:
    for name, (column, owner) in OWNED.items():
        keys = Base.metadata.tables[name].c[column].foreign_keys
        assert [key.column.table.name for key in keys] == [owner], name


def test_nothing_that_goes_along_refers_to_what_stays() -> None:
    for name in (ROOT, *OWNED, *BROUGHT):
        referred = {key.column.table.name for key in Base.metadata.tables[name].foreign_keys}
        assert not referred & APART.keys(), name
