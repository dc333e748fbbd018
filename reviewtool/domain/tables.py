"""State tables: for one noun, what each act does in each state, every pair decided.

The form of a table is a mapping (state, act) -> Step; `decided` checks that no pair is missing,
so that a new state or act can't be forgotten anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act

State = TypeVar("State", bound=StrEnum)
Move = TypeVar("Move", bound=StrEnum)


@dataclass(frozen=True)
class Step(Generic[State]):
    """What an act does: the new state, who may, what is traced, what is mailed."""

    state: State
    action: Action
    traced: Act | None
    mailed: tuple[MessageKind, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """An act that this state refuses, and why."""

    reason: Reason


Table = Mapping[tuple[State, Move], Step[State] | Refusal]


def step(table: Table[State, Move], state: State, move: Move) -> Step[State]:
    """Look up what an act does in a state. Raises Refused where the table refuses it."""
    entry = table[(state, move)]
    if isinstance(entry, Refusal):
        raise Refused(entry.reason, details={"state": state.value, "act": move.value})
    return entry


def allowed(table: Table[State, Move], state: State, moves: type[Move]) -> tuple[Move, ...]:
    """List the acts that a state doesn't refuse, in the enum's order: for buttons."""
    return tuple(move for move in moves if isinstance(table[(state, move)], Step))


def undecided(
    table: Table[State, Move], states: type[State], moves: type[Move]
) -> list[tuple[State, Move]]:
    """List the pairs that a table forgot; the tests want none."""
    return [(state, move) for state in states for move in moves if (state, move) not in table]
