"""Members of a handbook: who gives and takes roles."""

import pytest
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import Role
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from reviewtool.services import members
from tests.factories.handbooks import actor_of, make_editor, make_handbook


def add(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    role: Role = Role.EDITOR,
    request_id: str = "",
) -> str:
    return members.add_member(
        installation, actor, handbook_id,
        name="Uusi Toimittaja", address="uusi@kumaja.example.org",
        role=role, language="sv", request_id=request_id or new_id(),
    )  # fmt: skip


def test_an_editor_adds_a_colleague_who_gets_a_sign_in_link_in_their_language(
    installation: Installation,
) -> None:
    handbook = make_handbook(installation)
    editor = make_editor(installation, handbook.id)
    first, second = (
        add(installation, editor, handbook.id, request_id="one-form") for _ in range(2)
    )
    assert first == second
    assert actor_of(installation, first).roles == {handbook.id: Role.EDITOR}
    with installation.database.read() as session:
        mail = session.scalars(select(Message)).one()
    assert (mail.kind, mail.language, mail.person_id) == (MessageKind.SIGN_IN, "sv", first)


def test_only_administrators_make_and_unmake_administrators(installation: Installation) -> None:
    handbook = make_handbook(installation)
    editor = make_editor(installation, handbook.id)
    with pytest.raises(Refused) as refused:
        add(installation, editor, handbook.id, Role.ADMINISTRATOR)
    assert refused.value.reason is Reason.NOT_ALLOWED
    administrator_id = handbook.administrator.person_id or ""
    with pytest.raises(Refused) as refused:
        members.remove_member(installation, editor, handbook.id, administrator_id)
    assert refused.value.reason is Reason.NOT_ALLOWED
    person_id = add(installation, handbook.administrator, handbook.id, Role.ADMINISTRATOR)
    assert actor_of(installation, person_id).roles == {handbook.id: Role.ADMINISTRATOR}


def test_a_removed_member_has_no_role_left_and_the_last_one_stays(
    installation: Installation,
) -> None:
    handbook = make_handbook(installation)
    editor = make_editor(installation, handbook.id)
    person_id = editor.person_id or ""
    for _ in range(2):
        members.remove_member(installation, handbook.administrator, handbook.id, person_id)
    assert actor_of(installation, person_id).roles == {}
    with pytest.raises(Refused) as refused:
        members.remove_member(
            installation,
            handbook.administrator,
            handbook.id,
            handbook.administrator.person_id or "",
        )
    assert refused.value.reason is Reason.NOT_POSSIBLE_NOW


def test_a_member_again_is_said_to_be_one(installation: Installation) -> None:
    handbook = make_handbook(installation)
    add(installation, handbook.administrator, handbook.id)
    with pytest.raises(Refused) as refused:
        add(installation, handbook.administrator, handbook.id)
    assert refused.value.reason is Reason.ALREADY_DONE


def test_who_is_no_member_adds_nobody(installation: Installation) -> None:
    handbook = make_handbook(installation)
    stranger = make_editor(installation, make_handbook(installation, title="Toinen").id)
    with pytest.raises(Refused) as refused:
        add(installation, stranger, handbook.id)
    assert refused.value.reason is Reason.NOT_ALLOWED
