"""The trace: an append-only record of acts in one hash chain per handbook (rule 13).

The payload is kept as the exact text that was hashed. It holds public ids, plain states and
hashes of texts only: never names, addresses or free text, so that a person can be erased
without breaking the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum

GENESIS = "0" * 64
"""What the first row of a chain names as the hash before it."""


class Act(StrEnum):
    """What can be traced."""

    HANDBOOK_CREATED = "handbook-created"
    HANDBOOK_DESCRIBED = "handbook-described"
    HANDBOOK_IMPORTED = "handbook-imported"
    PROCESS_BEGUN = "process-begun"
    SECTION_ADDED = "section-added"
    SECTION_MOVED = "section-moved"
    SECTION_DROPPED = "section-dropped"
    SECTION_RESTORED = "section-restored"
    SECTION_RELATED = "section-related"
    SECTION_UNRELATED = "section-unrelated"
    SECTION_RENAMED = "section-renamed"
    SECTION_SPLIT = "section-split"
    SECTIONS_MERGED = "sections-merged"
    STORY_DESCRIBED = "story-described"
    REVISION_MADE = "revision-made"
    EASY_WRITTEN = "easy-written"
    STARTING_TEXT_NAMED = "starting-text-named"
    SECTIONS_INHERITED = "sections-inherited"
    DRAFT_FROZEN = "draft-frozen"
    DRAFT_CORRECTED = "draft-corrected"
    PHASE_PLANNED = "phase-planned"
    PHASE_OPENED = "phase-opened"
    PHASE_CLOSED = "phase-closed"
    PHASE_EXTENDED = "phase-extended"
    PHASE_REOPENED = "phase-reopened"
    WORKSHOP_PLANNED = "workshop-planned"
    WORKSHOP_CANCELLED = "workshop-cancelled"
    WORKSHOP_ARRANGED = "workshop-arranged"
    WORKSHOP_SORTED = "workshop-sorted"
    MINUTES_WRITTEN = "minutes-written"
    MINUTES_SENT = "minutes-sent"
    INTERVIEW_HELD = "interview-held"
    INTERVIEW_CHANGED = "interview-changed"
    INTERVIEW_SENT = "interview-sent"
    INTERVIEW_CONFIRMED = "interview-confirmed"
    NOTE_DISPUTED = "note-disputed"
    NOTE_KEPT = "note-kept"
    MEMBERSHIP_GIVEN = "membership-given"
    MEMBERSHIP_TAKEN = "membership-taken"
    PERSON_INVITED = "person-invited"
    PERSON_SIGNED_UP = "person-signed-up"
    PERSON_CONFIRMED = "person-confirmed"
    PERSON_CAME_IN = "person-came-in"
    PERSON_ATTENDS = "person-attends"
    PERSON_READY = "person-ready"
    PERSON_NOT_READY = "person-not-ready"
    PERSON_DECLINED = "person-declined"
    PERSON_PASSED_ON = "person-passed-on"
    PERSON_CANCELLED = "person-cancelled"
    PERSON_REMINDED = "person-reminded"
    PERSON_DEPUTISED = "person-deputised"
    PERSON_SUCCEEDED = "person-succeeded"
    PERSON_ANSWERS_FOR_BOX = "person-answers-for-box"
    BOX_MARKED = "box-marked"
    PERSON_VOUCHED = "person-vouched"
    PERSON_NOTED = "person-noted"
    PERSONS_MERGED = "persons-merged"
    ORGANISATIONS_MERGED = "organisations-merged"
    AFFILIATION_ADDED = "affiliation-added"
    DEPUTY_NAMED = "deputy-named"
    DEPUTY_ENDED = "deputy-ended"
    EXTENSION_GIVEN = "extension-given"
    ASSIGNMENT_CHANGED = "assignment-changed"
    ADDRESS_ADDED = "address-added"
    ADDRESS_CHOSEN = "address-chosen"
    ADDRESS_DEAD = "address-dead"
    ADDRESS_CORRECTED = "address-corrected"
    PERSON_ERASED = "person-erased"
    STATEMENT_BEGUN = "statement-begun"
    STATEMENT_JOINED = "statement-joined"
    STATEMENT_LEFT = "statement-left"
    STATEMENT_HANDED_OVER = "statement-handed-over"
    STATEMENT_SUBMITTED = "statement-submitted"
    CONTRIBUTION_MADE = "contribution-made"
    CONTRIBUTION_EDITED = "contribution-edited"
    CONTRIBUTION_WITHDRAWN = "contribution-withdrawn"
    FILE_ATTACHED = "file-attached"
    FILE_REMOVED = "file-removed"
    CONTRIBUTION_ADMITTED = "contribution-admitted"
    CONTRIBUTION_LEFT_OUT = "contribution-left-out"
    CONTRIBUTION_MASKED = "contribution-masked"
    CONTRIBUTION_PLACED = "contribution-placed"
    CONTRIBUTION_SUPPORTED = "contribution-supported"
    CONTRIBUTION_UNSUPPORTED = "contribution-unsupported"
    TURN_ADDED = "turn-added"
    REPLY_MAIL_REFUSED = "reply-mail-refused"
    REPLY_MAIL_WANTED = "reply-mail-wanted"
    QUESTION_ANSWERED = "question-answered"
    NOTHING_SAID = "nothing-said"
    NOTHING_UNSAID = "nothing-unsaid"
    ANSWER_GIVEN = "answer-given"
    ANSWER_REVISED = "answer-revised"
    ANSWERS_PUBLISHED = "answers-published"
    VERDICT_GIVEN = "verdict-given"
    APPROVAL_GIVEN = "approval-given"
    APPROVAL_CARRIED = "approval-carried"
    CARRY_OBJECTED = "carry-objected"
    HANDBOOK_PUBLISHED = "handbook-published"


def payload_text(payload: Mapping[str, object]) -> str:
    """Spell a payload in its one canonical way: sorted keys, no spaces, UTF-8 as is."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chain_hash(previous: str, payload: str) -> str:
    """Give the hash of a row: SHA-256 over the hash before it and the payload's exact text."""
    return hashlib.sha256(f"{previous}\n{payload}".encode()).hexdigest()


def texts_digest(texts: Iterable[tuple[str, str, str]]) -> str:
    """Give one hash over the texts of a draft: (section, language, hash of the text), any order."""
    lines = sorted(" ".join(text) for text in texts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
