"""What a participant of a blind round is sent never tells how much others have said (rule 11)."""

from sqlalchemy import select

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.messages import Message
from reviewtool.queries.approver import own_words
from reviewtool.services.answers import Answering, answer
from reviewtool.services.drafts import freeze_draft
from reviewtool.services.readiness import say_ready
from tests.factories.contributions import Table, make_table, say
from tests.factories.mail import opened, part, write
from tests.factories.texts import reword


def numbers(installation: Installation) -> list[str]:
    """List the numbers of all contributions as letters and pages write them."""
    with installation.database.read() as session:
        return [f"#{number}" for number in session.scalars(select(Contribution.number))]


def two_say(installation: Installation, sharing: Sharing) -> Table:
    """Let two participants say one thing each, and answer them together in draft 2."""
    table = make_table(installation, sharing=sharing)
    first, second = table.actors
    others = say(installation, table, first)
    own = say(installation, table, second)
    say_ready(installation, second)
    editor = table.round.editor
    answer(installation, editor, [others], Answering(AnswerKind.NOTED, "Kiitos."), new_id())
    together = Answering(AnswerKind.TOGETHER_WITH, "Sama asia.", other_id=others)
    answer(installation, editor, [own], together, new_id())
    reword(installation, editor, table.section_id, "kerran viikossa", "viikoittain")
    freeze_draft(installation, editor, table.round.handbook.id)
    return table


def letters(installation: Installation, table: Table) -> str:
    """Give all that the second participant is mailed after having said something."""
    with installation.database.read() as session:
        ids = session.scalars(
            select(Message.id).where(
                Message.person_id == table.actors[1].person_id,
                Message.kind.in_((MessageKind.RECEIPT, MessageKind.ANSWERS)),
            )
        ).all()
    assert len(ids) == 2
    made = [write(installation, message_id) for message_id in ids]
    return "".join(part(opened(one), "plain") for one in made if one is not None)


def test_letters_of_a_blind_round_hold_no_numbers(installation: Installation) -> None:
    table = two_say(installation, Sharing.NOBODY)
    sent = letters(installation, table)
    assert "Sama asia." in sent
    assert [number for number in numbers(installation) if number in sent] == []


def test_letters_of_an_open_round_name_contributions_by_number(installation: Installation) -> None:
    table = two_say(installation, Sharing.EVERYONE)
    sent = letters(installation, table)
    assert all(number in sent for number in numbers(installation))


def test_an_approver_sees_no_number_of_what_they_said_blindly(installation: Installation) -> None:
    for sharing, shown in ((Sharing.NOBODY, False), (Sharing.EVERYONE, True)):
        table = two_say(installation, sharing)
        with installation.database.read() as session:
            (word,) = own_words(session, table.actors[1], table.section_id)
        assert (word.number is not None) == shown
