"""Choices and "nothing to say" as one table: what was answered without words."""

from __future__ import annotations

from sqlalchemy import cast, null, select, union_all

from reviewtool.models.contributions import Choice, NothingToSay

SHORT = union_all(
    select(
        Choice.id.label("id"),
        Choice.invitation_id.label("invitation_id"),
        Choice.section_id.label("section_id"),
        Choice.question_id.label("question_id"),
        Choice.option.label("option"),
        Choice.updated_at.label("at"),
    ),
    select(
        NothingToSay.id,
        NothingToSay.invitation_id,
        NothingToSay.section_id,
        cast(null(), Choice.question_id.type),
        cast(null(), Choice.option.type),
        NothingToSay.created_at,
    ),
).subquery("short_answer")
"""Both as rows of one shape; one without a question says that there is nothing to say."""
