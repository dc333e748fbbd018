"""Steps of an erasure beyond the person's own rows: where a name or an address stands in words."""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.people import fold
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.services._files import drop_files


def rename_in_approvals(
    session: Session, person_id: str, names: Collection[str], pseudonym: str
) -> None:
    """Put the pseudonym where somebody named themselves in the capacity in which they decided.

    The rest of what was recorded stands: an approval is worth what it says.
    """
    longest_first = sorted(names, key=len, reverse=True)
    named = re.compile("|".join(re.escape(name) for name in longest_first), re.IGNORECASE)
    for approval in session.scalars(select(Approval).where(Approval.person_id == person_id)):
        approval.capacity_detail = named.sub(lambda _found: pseudonym, approval.capacity_detail)
        approval.statement = named.sub(lambda _found: pseudonym, approval.statement)


def drop_originals(session: Session, person_id: str) -> None:
    """Remove the letters, mails and papers from which the person's words were recorded, and the
    files that they attached themselves.

    They bear a name, an address, a hand; the words stay. One that others' words were
    recorded from as well, such as a flip chart, stays: it is for an editor to judge.
    """
    own = (
        select(Attachment.file_id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .where(Contribution.author_id == person_id)
    )
    others = (
        select(Attachment.file_id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .where(Contribution.author_id != person_id)
    )
    files = session.scalars(select(File.id).where(File.id.in_(own), File.id.not_in(others)))
    drop_files(session, files.all())


def leave_contacts(session: Session, names: Collection[str], addresses: Collection[str]) -> None:
    """Empty the contacts of phases and handbooks that name the person or one of the addresses.

    A phase without one shows its handbook's; a handbook without one is for its editors to fill.
    """
    folded = {fold(written) for written in addresses if written}
    called = {fold(name) for name in names}
    for phase in session.scalars(select(Phase).where(Phase.responsible_name != "")):
        if _is_of(phase.responsible_name, phase.responsible_email, called, folded):
            phase.responsible_name = phase.responsible_phone = phase.responsible_email = ""
    for handbook in session.scalars(select(Handbook).where(Handbook.contact_name != "")):
        if _is_of(handbook.contact_name, handbook.contact_email, called, folded):
            handbook.contact_name = handbook.contact_phone = handbook.contact_email = ""


def _is_of(contact: str, email: str, called: Collection[str], folded: Collection[str]) -> bool:
    """Tell a person by their address; by the name alone where the contact has no address."""
    return fold(email) in folded if email else fold(contact) in called
