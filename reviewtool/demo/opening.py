"""The first scene: the editors, the handbook, its starting text and draft 1."""

from __future__ import annotations

from reviewtool.demo.illustrations import illustrate
from reviewtool.demo.planning import close, open_phase, plan
from reviewtool.demo.stage import Stage
from reviewtool.demo.workshops import hold_workshop
from reviewtool.domain.people import Role
from reviewtool.queries.imports import Choices
from reviewtool.queries.tree import working_tree
from reviewtool.services.accounts import make_account
from reviewtool.services.descriptions import Description, describe_handbook
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.handbooks import create_handbook, give_membership
from reviewtool.services.imports import import_file
from reviewtool.services.people import load_municipalities
from reviewtool.services.relations import relate
from reviewtool.services.starting_texts import Credit, name_starting_text

TEMPLATE = "model-case"
MOST_TEXTS = 100


def begin(stage: Stage) -> None:
    """Make the editors' accounts and the handbook with its planned phases."""
    phases = stage.script.phases
    stage.go_to(phases["start"]["starts"], 9)
    load_municipalities(stage.installation)
    for person in stage.script.of_role("editor"):
        stage.people[person.key] = make_account(
            stage.installation,
            name=person.name,
            address=person.email,
            language=person.language,
            administrator=not stage.people,
        )
    stage.handbook_id = create_handbook(
        stage.installation, stage.editor(), stage.script.handbook["title"], "fi", TEMPLATE
    )
    for person_id in list(stage.people.values())[1:]:
        give_membership(
            stage.installation, stage.editor(), stage.handbook_id, person_id, Role.EDITOR
        )
    stage.learn_phases()
    _describe(stage)
    for key in phases:
        plan(stage, key)


def _describe(stage: Stage) -> None:
    words, contact = stage.script.handbook, stage.script.of_role("editor")[0]
    phone = stage.script.phases["ngo-round"]["phone"]
    description = Description(
        title=words["title"],
        introduction=words["description"],
        contact_name=contact.name,
        contact_phone=phone,
        contact_email=contact.email,
        host=contact.organisation,
        host_address=stage.script.handbook["address"],
    )
    describe_handbook(stage.installation, stage.editor(), stage.handbook_id, description)


def write_first_draft(stage: Stage) -> None:
    """Go through the first phases; the text comes in as a file and is frozen as draft 1."""
    for key in ("start", "workshop-ngos", "workshop-experts", "draft-1"):
        if key in stage.script.workshops:
            stage.learn_sections()
            hold_workshop(stage, key)
            continue
        stage.go_to(stage.script.phases[key]["starts"], 9, 30)
        open_phase(stage, key)
        if key == "start":
            _begin_from_starting_text(stage)
        if key == "draft-1":
            _bring_in(stage)
        stage.go_to(stage.script.phases[key]["ends"], 16, 30)
        close(stage, key)


def _begin_from_starting_text(stage: Stage) -> None:
    """Take a neighbour's handbook as the base, with credit and permission."""
    file, told = stage.script.starting_file, stage.script.starting_text
    import_file(
        stage.installation,
        stage.editor(),
        stage.handbook_id,
        file.name,
        file.read_bytes(),
        Choices(),
    )
    with stage.installation.database.read() as session:
        sections = [line.section_id for line in working_tree(session, stage.handbook_id, "fi")]
    credit = Credit(told["title"], told["credit"], told["permission"], told["edition"])
    name_starting_text(stage.installation, stage.editor(), stage.handbook_id, credit, sections)


def _bring_in(stage: Stage) -> None:
    ends = stage.script.phases["draft-1"]["ends"]
    johan = stage.editor(list(stage.people)[1])
    file = stage.script.handbook_file
    stage.go_to(ends - 15, 10)
    # Texts that the workshops wanted stand as titles only: they get the words of the file.
    choices = Choices(take_file=frozenset(range(MOST_TEXTS)))
    import_file(stage.installation, johan, stage.handbook_id, file.name, file.read_bytes(), choices)
    stage.learn_sections()
    _relate_stories(stage)
    stage.go_to(ends - 3, 13)
    illustrate(stage)
    stage.go_to(ends, 15)
    freeze_draft(stage.installation, stage.editor(), stage.handbook_id, stage.request())


def _relate_stories(stage: Stage) -> None:
    """Tie the episodes of the stories to the activities whose titles they bear."""
    for story in stage.sections.values():
        _, text, _ = stage.working(story)
        lines = [line.lstrip("# ") for line in text.splitlines() if line.startswith("##")]
        for title in lines:
            if title in stage.sections:
                relate(stage.installation, stage.editor(), story, stage.sections[title])
