"""What a mail will say, before anybody is mailed: its subject, for the page that asks first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.config.settings import Settings
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.phases import PhaseKind
from reviewtool.infra import i18n
from reviewtool.mail.messages.asking import Reading, ReminderMail
from reviewtool.mail.messages.rows import Rows
from reviewtool.mail.render import subject
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase


def reminder_subject(
    session: Session,
    settings: Settings,
    now: datetime,
    *,
    phase_id: str,
    person_id: str,
    language: str,
    said: int,
) -> str:
    """Write the subject that a reminder to a person would have now; 4 queries.

    said: how much has come from them.
    """
    phase = session.get_one(Phase, phase_id)
    message = Message(
        kind=MessageKind.REMINDER,
        event="",
        person_id=person_id,
        address_id="",
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        language=language,
        context={},
        state=MessageState.QUEUED,
        not_before=now,
        created_at=now,
    )
    rows = Rows(session, message, settings, now)
    with i18n.speaking(language, rows.zone):
        mail = ReminderMail(
            frame=rows.frame,
            url="",
            approves=phase.kind is PhaseKind.APPROVAL,
            over=not rows.phase_is_open,
            begun=said > 0,
            said=said,
            reading=Reading("", 0, 0),
            unspoken=0,
            unfinished=(),
        )
        return subject(MessageKind.REMINDER, mail)
