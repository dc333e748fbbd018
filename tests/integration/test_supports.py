"""Agreeing with others: only with what one sees, with one version of it, never with oneself."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from reviewtool.domain.contributions import Sharing
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Support
from reviewtool.services import contributions, supports
from reviewtool.services.contributions import Words
from tests.factories.contributions import make_table, say


def rows(installation: Installation) -> list[tuple[int, bool]]:
    with installation.database.read() as session:
        return [(row.version, row.for_organisation) for row in session.scalars(select(Support))]


def test_support_counts_once_and_for_the_version_that_was_read(
    installation: Installation,
) -> None:
    table = make_table(installation)
    author, friend = table.actors
    made = say(installation, table, author)
    supports.support(installation, friend, made)
    supports.support(installation, friend, made)
    assert rows(installation) == [(1, False)]
    contributions.edit(installation, author, made, Words("Aivan muuta."), new_id())
    assert rows(installation) == [(1, False)]
    supports.support(installation, friend, made, for_organisation=True)
    assert rows(installation) == [(2, True)]
    supports.unsupport(installation, friend, made)
    supports.unsupport(installation, friend, made)
    assert rows(installation) == []


def test_nobody_supports_their_own(installation: Installation) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0])
    with pytest.raises(Refused) as refused:
        supports.support(installation, table.actors[0], made)
    assert refused.value.reason is Reason.NOT_ALLOWED


def test_what_is_hidden_cannot_be_supported(installation: Installation) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    made = say(installation, table, table.actors[0])
    with pytest.raises(Refused):
        supports.support(installation, table.actors[1], made)
    assert rows(installation) == []
