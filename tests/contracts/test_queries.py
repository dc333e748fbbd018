"""Queries that pages call take the actor; the others are listed with the reason (rule 11)."""

import ast
from collections.abc import Iterator
from pathlib import Path

QUERIES = Path("reviewtool/queries")

WITHOUT_ACTOR: dict[str, set[str]] = {
    "it tells who the actor is": {
        "accounts.account_of_person",
        "accounts.session_account",
        "actors.find_link",
    },
    "it gives the facts that the policy is asked about": {
        "facts.handbook_facts",
        "facts.section_facts",
        "links.handbooks_of_links",
        "workshops.workshop_facts",
    },
    "anybody may know it: it stands on public pages": {
        "handbooks.handbook_line",
        "invitations.municipality_names",
        "runs.runs_of",
        "starting_texts.source_of",
        "workshops.workshop_head",
    },
    "it tells supervisors how the installation does: one moment, nobody's mail": {
        "messages.oldest_due",
    },
    "its ids are those of the address that the door has asked about; it gives no words": {
        "asked_for.titles_of",
        "openness.open_by_section",
        "openness.open_of_section",
        "structure_acts.is_carried_out",
        "tree.working_tree",
        "workshop_room.groups_of",
        "workshop_room.room_version",
        "workshop_room.themes_of",
    },
    "its phase is the one of the link or address that the door has asked about": {
        "minutes.sent_minutes",
        "minutes.sent_number",
        "phases.questions_of",
    },
    "it takes what a query has given this actor: lines, ids, or the head of their round": {
        "changed_words.changed_words",
        "meetings.papers_of",
        "participant.questions",
        "pictures.picture_bytes",
        "pictures.picture_sizes",
        "proposals.wishes_of",
        "starting_texts.inherited_texts",
        "stories.stories_of",
        "stories.told_of",
        "structure.said_on",
        "tree.draft_tree",
    },
}
"""Queries that pages call without the actor; what only queries and use cases call is a step."""


def actorless() -> set[str]:
    """Name the public queries that take a session and no actor."""
    return {
        f"{path.stem}.{node.name}"
        for path in QUERIES.glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and "session" in (names := [one.arg for one in node.args.args + node.args.kwonlyargs])
        and "actor" not in names
    }


def used_by(path: Path) -> Iterator[str]:
    """Name the queries that a module uses, however it imports them."""
    tree = ast.parse(path.read_text())
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        if node.module == "reviewtool.queries":
            modules.update({one.asname or one.name: one.name for one in node.names})
        elif node.module.startswith("reviewtool.queries."):
            yield from (f"{node.module.rpartition('.')[2]}.{one.name}" for one in node.names)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in modules
        ):
            yield f"{modules[node.value.id]}.{node.attr}"


def test_queries_of_pages_take_the_actor() -> None:
    pages = {name for path in Path("reviewtool/web").rglob("*.py") for name in used_by(path)}
    known = {name for names in WITHOUT_ACTOR.values() for name in names}
    assert sum(map(len, WITHOUT_ACTOR.values())) == len(known), "each has one reason"
    assert (pages & actorless()) - known == set(), "take the actor, and ask the policy"
    assert known - (pages & actorless()) == set(), "no longer needed here"
