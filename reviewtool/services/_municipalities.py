"""The step that fills the table of municipalities from config/municipalities.csv."""

import csv
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import reviewtool.config
from reviewtool.infra.ids import named_id
from reviewtool.models.organisations import Municipality

FILE = Path(reviewtool.config.__file__).resolve().parent / "municipalities.csv"


def add_municipalities(session: Session) -> int:
    """Add the municipalities that the table doesn't hold yet; gives how many."""
    known = set(session.scalars(select(Municipality.name_fi)))
    with FILE.open(encoding="utf-8", newline="") as file:
        missing = [row for row in csv.DictReader(file) if row["name_fi"] not in known]
    # The same id at every installation, so that a handbook's archive fits into any of them.
    session.add_all(
        Municipality(
            id=named_id("municipality", row["name_fi"]),
            name_fi=row["name_fi"],
            name_sv=row["name_sv"],
        )
        for row in missing
    )
    session.flush()
    return len(missing)
