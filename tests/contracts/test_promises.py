"""What mails and participants' pages promise: each promise is listed with the test that keeps it.

A sentence that reads like a promise and isn't listed fails here; so does a test that is gone.
"""

import re
from pathlib import Path

from tests.contracts.test_catalogues import used

LIKE_A_PROMISE = re.compile(
    r"on (its|their) way|can still|will tell|editors tell|you will|are told|you (also )?get\b"
    r"|no more (reminders|messages)|nobody (sees|gets)|only (you|the editors) (see|read)"
    r"|\bstays?\b|\b(is|are) kept\b|\bnever\b|no new link|as many times|any number of times",
    re.IGNORECASE,
)
PLACES = (
    "templates/mail/", "templates/links/", "templates/participant/", "templates/approvals/",
    "templates/replies/", "templates/components/decline", "templates/components/unsent",
    "reviewtool/web/participant/", "reviewtool/web/approvals/", "reviewtool/web/rounds/",
)  # fmt: skip
"""Where those are spoken to who have no account."""

KEPT_BY: dict[str, dict[str, tuple[str, ...]]] = {
    "tests/integration/test_approvals.py": {
        "test_a_sitting_gets_one_receipt_and_the_last_text_sends_it": (
            "A receipt is on its way to your e-mail.",
            "You get one receipt by e-mail.",
            "You get a receipt of all your answers by e-mail.",
        ),
        "test_who_decided_on_a_text_is_told_when_it_changes_unless_that_is_carried": (
            "The fingerprint belongs to exactly the text",
        ),
        "test_a_decision_can_be_changed_and_its_history_stays": (
            "You can change the answer until the last day",
            "You decide on each text by itself",
        ),
        "test_unchanged_texts_keep_theirs_and_a_changed_one_needs_a_carry": (
            "“%(section)s” has changed after you decided",
            "Without a new decision yours is shown",
            "Your decision concerns exactly the text",
        ),
    },
    "tests/integration/test_contributions.py": {
        "test_ready_mails_one_receipt_and_can_be_undone": (
            "Thank you. A receipt with a copy of what you said",
            "You get a receipt with a copy by e-mail.",
            "You have said that you are ready. You can still add",
        ),
        "test_after_the_last_day_words_come_as_late": (
            "The time to answer has ended, but you can still send",
            "The round has closed. You can still send this",
        ),
        "test_edit_and_withdraw_keep_what_was": (
            "You can still add, change and withdraw",
            "Withdrawn. A note of it stays",
            "The editors no longer answer it. A note of it stays.",
        ),
    },
    "tests/web/test_links.py": {
        "test_a_revoked_link_says_so_and_offers_the_way_on": (
            "If %(address)s is known to us, your links",
            "Your link is on its way to the address",
        ),
        "test_a_cancelled_invitations_page_promises_no_mail_until_there_is_a_new_link": (
            "The editors have cancelled this invitation",
        ),
        "test_a_link_reads_until_the_retention_date": (
            "Here is your link. The time to answer has ended",
            "What was said through this link is kept",
        ),
        "test_a_personal_link_works_many_times_and_its_token_leaves_the_address": (
            "The link is your own",
            "Invited people have a personal link",
        ),
        "test_a_sign_in_link_works_once": ("The link works once",),
        "test_a_confirmation_link_leads_on_however_late_it_is_pressed": (
            "The address wasn't confirmed in time",
        ),
    },
    "tests/integration/test_delegation.py": {
        "test_passing_on_moves_the_task_and_leaves_reading": (
            "Your colleague gets a link of their own",
        ),
    },
    "tests/integration/test_mail.py": {
        "test_the_receipt_repeats_and_the_answers_show_before_and_after": (
            "The editors answer every comment with a reason. You get",
        ),
    },
    "tests/web/test_participant.py": {
        "test_afterwards_mine_shows_the_answer_and_the_words_that_changed": (
            "The editors answer every comment, and you will see",
        ),
    },
    "tests/integration/test_replies.py": {
        "test_the_author_and_earlier_repliers_are_told_in_the_morning": (
            "Saved. You are told by e-mail when somebody replies",
            "When another participant replies to you",
        ),
        "test_the_choice_is_kept_and_traced_once": ("You get no messages about replies",),
    },
    "tests/web/test_replies.py": {
        "test_a_mail_program_refuses_without_cookie_or_form": (
            "No more messages about replies?",
            "Saved. You get no more messages about replies",
            "You get no more messages about replies",
        ),
    },
    "tests/integration/test_late.py": {
        "test_a_late_one_counts_once_admitted_and_its_author_is_told_either_way": (
            "Your text was sent after the deadline. The editors will tell",
            "What you sent after the deadline could not",
        ),
    },
    "tests/integration/test_reminders.py": {
        "test_who_is_ready_or_declined_or_passed_it_on_is_left_in_peace": (
            "You get no more reminders",
            "If you don't mean to answer, say so",
            "The editors see that you have answered",
        ),
        "test_after_an_approval_is_over_nobody_is_told_that_they_can_still_answer": (
            "%(sender)s: you can still answer",
        ),
    },
    "tests/web/test_approvals.py": {
        "test_after_the_last_day_the_pages_read_but_take_nothing": (
            "The time to answer has ended. You can still read",
        ),
    },
    "tests/integration/test_phases.py": {
        "test_closing_takes_writing_away_and_leaves_reading": (
            "The comment round has closed. You can still read",
            "The round has closed: you can still read",
        ),
    },
    "tests/web/test_declining.py": {
        "test_who_does_not_take_part_says_why_and_may_think_again": (
            "You have said that you don't take part. You can still",
            "You can still change your mind",
            "Only the editors see your reason.",
        ),
    },
    "tests/integration/test_statements.py": {
        "test_colleagues_write_and_one_submits_it_as_the_organisations": (
            "What you say in your own name stays apart from it.",
        ),
        "test_who_leaves_loses_access_and_who_takes_over_gains_it": (
            "Done. What was written stays in the statement.",
        ),
        "test_two_at_one_point_and_a_submission_of_what_was_read": (
            "You can still change, withdraw and add points",
        ),
    },
    "tests/web/test_workshops.py": {
        "test_a_workshops_link_leads_to_the_workshop_and_the_rounds_page_does_too": (
            "The time or the place of the workshop has changed",
        ),
    },
    "tests/integration/test_unsent.py": {
        "test_only_the_writer_reads_them": (
            "Your unfinished words are kept",
            "Only you see these.",
        ),
        "test_a_reminder_names_the_place_and_never_a_word": ("You have left words unfinished",),
    },
    "tests/integration/test_succession.py": {
        "test_open_and_planned_parts_go_on_and_the_old_link_only_reads": (
            "Nothing is asked of you any more. What you have said stays",
            "What %(name)s has said stays in their name",
        ),
    },
    "tests/web/test_accounts.py": {
        "test_a_mailed_link_signs_in_once": (
            "If you didn't ask for the link, delete this message.",
        ),
    },
    "tests/web/test_landing.py": {
        "test_own_themes_come_first_and_are_kept_for_the_link": (
            "You don't need to read everything.",
        ),
    },
    "tests/browser/test_commenting.py": {
        "test_half_written_words_survive_a_closed_page": ("You write about the marked passage.",),
    },
    "tests/integration/test_answered.py": {
        "test_what_has_its_published_answer_is_changed_and_withdrawn_no_more": (
            "You can change or withdraw each of these",
        ),
    },
    "tests/integration/test_signups.py": {
        "test_who_confirms_is_mailed_their_own_link_which_lives_as_an_invited_persons": (
            "Without a link, sign up on the request's page",
        ),
    },
}
"""By file and test: the beginnings of the promises that it keeps."""

BEGINNINGS = tuple(one for tests in KEPT_BY.values() for kept in tests.values() for one in kept)


def promises() -> dict[str, str]:
    """Give the sentences that promise something to participants, and where they stand."""
    found = {}
    for message, where in used().items():
        words = message if isinstance(message, str) else str(message[0])  # type: ignore[index]
        if where.startswith(PLACES) and LIKE_A_PROMISE.search(words):
            found[words] = where
    return found


def test_each_promise_is_listed_with_the_test_that_keeps_it() -> None:
    unlisted = [
        f"{where}: {words}"
        for words, where in promises().items()
        if not words.startswith(BEGINNINGS)
    ]
    assert unlisted == []


def test_nothing_is_listed_that_nobody_promises() -> None:
    said = tuple(promises())
    assert [one for one in BEGINNINGS if not any(words.startswith(one) for words in said)] == []


def test_the_tests_that_keep_promises_stand() -> None:
    gone = [
        f"{path}::{test}"
        for path, tests in KEPT_BY.items()
        for test in tests
        if f"def {test}(" not in Path(path).read_text(encoding="utf-8")
    ]
    assert gone == []
