"""The access policy: who may do what to what, for accounts and links alike (rule 11).

A map from actions to predicates over (actor, facts); an action is allowed when one of its
predicates holds. Facts are what is known of the object, loaded by the caller; an unknown fact
has the value that allows least.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.contributions import READ_BY_ALL, ContributionState, Sharing, is_blind
from reviewtool.domain.links import Purpose


class Action(StrEnum):
    """Everything that can be asked of the product."""

    SEE_FRONT = "see-front"
    SEE_HANDBOOK = "see-handbook"
    READ_PUBLISHED = "read-published"
    SEE_PICTURE = "see-picture"
    SIGN_UP = "sign-up"
    SIGN_IN = "sign-in"
    FOLLOW_LINK = "follow-link"
    CREATE_HANDBOOK = "create-handbook"
    ADMINISTER = "administer"
    MANAGE_MEMBERS = "manage-members"
    MERGE_DOUBLES = "merge-doubles"
    EDIT = "edit"
    SEE_LEDGER = "see-ledger"
    RUN_PROCESS = "run-process"
    ANSWER_INVITATION = "answer-invitation"
    ANSWER_FOR_BOX = "answer-for-box"
    KEEP_UNSENT = "keep-unsent"
    READ_ROUND = "read-round"
    CONTRIBUTE = "contribute"
    CONTRIBUTE_LATE = "contribute-late"
    CHANGE_OWN = "change-own"
    SEE_CONTRIBUTION = "see-contribution"
    SUPPORT = "support"
    REPLY = "reply"
    CHOOSE_MAIL = "choose-mail"
    JUDGE_ANSWER = "judge-answer"
    BEGIN_STATEMENT = "begin-statement"
    WRITE_STATEMENT = "write-statement"
    SUBMIT_STATEMENT = "submit-statement"
    READ_WORKSHOP = "read-workshop"
    SPEAK_IN_WORKSHOP = "speak-in-workshop"
    JOIN_WORKSHOP = "join-workshop"
    CORRECT_MINUTES = "correct-minutes"
    READ_INTERVIEW = "read-interview"
    CHECK_INTERVIEW = "check-interview"
    READ_APPROVAL = "read-approval"
    APPROVE = "approve"
    OBJECT = "object"
    SEE_OWN_SETTINGS = "see-own-settings"
    CHECK_HEALTH = "check-health"
    SEE_MAILBOX = "see-mailbox"


@dataclass(frozen=True)
class Facts:
    """What is known of the object asked about."""

    handbook_id: str | None = None
    published: bool = False
    announced: bool = False
    """Whether a handbook's existence may be told: the public reads it, or may take part in it."""
    phase_id: str | None = None
    phase_open: bool = False
    open_to_all: bool = False
    room_open: bool = False
    owner_person_id: str | None = None
    sharing: Sharing = Sharing.NOBODY
    shared_from: date | None = None
    viewer_has_contributed: bool = False
    state: ContributionState = ContributionState.RECEIVED
    local_mailbox: bool = False
    in_statement: bool = False
    """Whether the actor works on the organisation's statement that this is, or is part of."""
    holds_statement: bool = False
    vouched: bool = False
    """Whether the editors, or a colleague whom they asked, brought the actor in for the
    organisation in whose name they take part; whoever signs up types any name."""


Predicate = Callable[[Actor, Facts], bool]


def anyone(_actor: Actor, _facts: Facts) -> bool:
    """Hold for everybody."""
    return True


def published(_actor: Actor, facts: Facts) -> bool:
    """Hold where the object is public."""
    return facts.published


def announced(_actor: Actor, facts: Facts) -> bool:
    """Hold where the object's existence may be told."""
    return facts.announced


def signed_in(actor: Actor, _facts: Facts) -> bool:
    """Hold for accounts."""
    return actor.kind is ActorKind.ACCOUNT


def administrator(actor: Actor, _facts: Facts) -> bool:
    """Hold for administrators of the installation."""
    return actor.kind is ActorKind.ACCOUNT and actor.administrator


def system(actor: Actor, _facts: Facts) -> bool:
    """Hold for the background work and the command line."""
    return actor.kind is ActorKind.SYSTEM


def editor(actor: Actor, facts: Facts) -> bool:
    """Hold for the handbook's editors and administrators."""
    return facts.handbook_id is not None and facts.handbook_id in actor.roles


def in_phase(actor: Actor, facts: Facts) -> bool:
    """Hold for a link of this very phase."""
    return (
        actor.kind is ActorKind.LINK
        and facts.phase_id is not None
        and actor.phase_id == facts.phase_id
    )


def participant(actor: Actor, facts: Facts) -> bool:
    """Hold for a participant's link of this phase."""
    return in_phase(actor, facts) and actor.purpose is Purpose.PARTICIPATE


def approver(actor: Actor, facts: Facts) -> bool:
    """Hold for an approver's link of this phase."""
    return in_phase(actor, facts) and actor.purpose is Purpose.APPROVE


def writing_participant(actor: Actor, facts: Facts) -> bool:
    """Hold for a participant while the phase is open and the link may write."""
    return participant(actor, facts) and facts.phase_open and actor.writable


def late_participant(actor: Actor, facts: Facts) -> bool:
    """Hold for a participant after the phase has closed, while the part is theirs still.

    A link only reads by then, so that `writable` doesn't tell who gave their part away before.
    """
    return participant(actor, facts) and not facts.phase_open and actor.takes_part


def writing_approver(actor: Actor, facts: Facts) -> bool:
    """Hold for an approver while the phase is open and the link may write."""
    return approver(actor, facts) and facts.phase_open and actor.writable


def owner(actor: Actor, facts: Facts) -> bool:
    """Hold for the person whose object it is."""
    return actor.person_id is not None and actor.person_id == facts.owner_person_id


def owning_participant(actor: Actor, facts: Facts) -> bool:
    """Hold for the owner behind a participant's link, also after the phase has closed."""
    return owner(actor, facts) and actor.purpose is Purpose.PARTICIPATE


def writing_owner(actor: Actor, facts: Facts) -> bool:
    """Hold for the owner while the phase is open."""
    return owner(actor, facts) and writing_participant(actor, facts)


def organisation_voice(actor: Actor, facts: Facts) -> bool:
    """Hold for whom an organisation's name is vouched for, while the phase is open."""
    return facts.vouched and writing_participant(actor, facts)


def statement_member(_actor: Actor, facts: Facts) -> bool:
    """Hold for those who work on the statement that this is part of."""
    return facts.in_statement


def statement_writer(actor: Actor, facts: Facts) -> bool:
    """Hold for those who work on the statement, while the phase is open."""
    return facts.in_statement and writing_participant(actor, facts)


def statement_holder(actor: Actor, facts: Facts) -> bool:
    """Hold for the one who submits the statement, while the phase is open."""
    return facts.holds_statement and statement_writer(actor, facts)


def shared_with(actor: Actor, facts: Facts) -> bool:
    """Hold for a fellow participant, as far as the promise made when it was said allows."""
    if not participant(actor, facts) or facts.state is not ContributionState.RECEIVED:
        return False
    if facts.sharing in READ_BY_ALL:
        return True
    if facts.sharing is Sharing.FROM_DAY:
        return not is_blind(facts.sharing, facts.shared_from, actor.today)
    return facts.sharing is Sharing.AFTER_OWN and facts.viewer_has_contributed


def supporting(actor: Actor, facts: Facts) -> bool:
    """Hold for a fellow participant who sees it, while the phase is open; not for one's own."""
    return (
        shared_with(actor, facts) and writing_participant(actor, facts) and not owner(actor, facts)
    )


def replying(actor: Actor, facts: Facts) -> bool:
    """Hold while the phase is open for who sees another's words, and for the one who said them.

    While a round is blind there is nobody to reply to.
    """
    blind = is_blind(facts.sharing, facts.shared_from, actor.today)
    if blind or facts.state is not ContributionState.RECEIVED:
        return False
    seen = shared_with(actor, facts) or owner(actor, facts)
    return seen and writing_participant(actor, facts)


def open_round(_actor: Actor, facts: Facts) -> bool:
    """Hold where a round is open to anyone interested."""
    return facts.open_to_all and facts.phase_open


def in_the_room(actor: Actor, facts: Facts) -> bool:
    """Hold for a workshop's participant while its room is open and the link may write."""
    return participant(actor, facts) and facts.room_open and actor.writable


def open_room(_actor: Actor, facts: Facts) -> bool:
    """Hold where a workshop's room lets in whoever knows its code."""
    return facts.room_open


def mailbox_here(_actor: Actor, facts: Facts) -> bool:
    """Hold on an installation that keeps its mail in the local mailbox."""
    return facts.local_mailbox


POLICY: dict[Action, tuple[Predicate, ...]] = {
    Action.SEE_FRONT: (anyone,),
    Action.SEE_HANDBOOK: (announced, editor),
    Action.READ_PUBLISHED: (published, editor),
    Action.SEE_PICTURE: (published, editor, in_phase),
    Action.SIGN_UP: (open_round,),
    Action.SIGN_IN: (anyone,),
    Action.FOLLOW_LINK: (anyone,),
    Action.CREATE_HANDBOOK: (administrator, system),
    Action.ADMINISTER: (administrator, system),
    Action.MANAGE_MEMBERS: (editor, administrator, system),
    Action.MERGE_DOUBLES: (editor, administrator, system),
    Action.EDIT: (editor, system),
    Action.SEE_LEDGER: (editor, system),
    Action.RUN_PROCESS: (editor, system),
    Action.ANSWER_INVITATION: (writing_participant, writing_approver),
    Action.ANSWER_FOR_BOX: (participant, approver),
    Action.KEEP_UNSENT: (participant, approver),
    Action.READ_ROUND: (participant, editor),
    Action.CONTRIBUTE: (writing_participant,),
    Action.CONTRIBUTE_LATE: (late_participant,),
    Action.CHANGE_OWN: (writing_owner,),
    Action.SEE_CONTRIBUTION: (owner, statement_member, shared_with, editor, system),
    Action.SUPPORT: (supporting,),
    Action.REPLY: (replying,),
    Action.CHOOSE_MAIL: (participant,),
    Action.JUDGE_ANSWER: (owning_participant,),
    Action.BEGIN_STATEMENT: (organisation_voice,),
    Action.WRITE_STATEMENT: (statement_writer,),
    Action.SUBMIT_STATEMENT: (statement_holder,),
    Action.READ_WORKSHOP: (participant, editor),
    Action.SPEAK_IN_WORKSHOP: (in_the_room,),
    Action.JOIN_WORKSHOP: (open_room,),
    Action.CORRECT_MINUTES: (participant,),
    Action.READ_INTERVIEW: (participant, editor),
    Action.CHECK_INTERVIEW: (participant,),
    Action.READ_APPROVAL: (approver, editor),
    Action.APPROVE: (writing_approver,),
    Action.OBJECT: (approver,),
    Action.SEE_OWN_SETTINGS: (signed_in,),
    Action.CHECK_HEALTH: (anyone,),
    Action.SEE_MAILBOX: (mailbox_here,),
}


NOBODY_SIGNS_IN_FOR = frozenset({Action.SEE_HANDBOOK, Action.READ_PUBLISHED, Action.SEE_PICTURE})
"""Acts on what is public or isn't there: whoever may not is told no more than of what never was."""


def may(actor: Actor, action: Action, facts: Facts) -> bool:
    """Tell whether an actor may do something to an object."""
    return any(predicate(actor, facts) for predicate in POLICY[action])
