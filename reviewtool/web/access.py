"""The policy at the door of every page: each route names its action and its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from ipaddress import ip_address
from typing import Any

from flask import redirect, request, url_for

from reviewtool.domain.actors import ActorKind
from reviewtool.domain.policy import NOBODY_SIGNS_IN_FOR, Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.queries import facts as facts_queries
from reviewtool.queries.links import handbooks_of_links
from reviewtool.web import current

FactsOf = Callable[..., Facts]
View = Callable[..., Any]


def access(action: Action, facts_of: FactsOf | None = None) -> Callable[[View], View]:
    """Let a view be entered only by those who may do the action.

    facts_of: gets the view's arguments, gives the facts; without it the facts are empty.
    A visitor who might be an editor is sent to sign in, whether or not what the address names is
    there; everybody else is refused. What is public or isn't there is not found by whom it isn't
    shown to.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            actor = current.actor()
            asked_to_sign_in = (
                actor.kind is ActorKind.VISITOR
                and request.method == "GET"
                and action not in NOBODY_SIGNS_IN_FOR
            )
            try:
                facts = facts_of(**arguments) if facts_of else Facts()
                allowed = may(actor, action, facts)
            except Refused:
                if not asked_to_sign_in:
                    raise
                allowed = False
            if allowed:
                return view(**arguments)
            if asked_to_sign_in:
                return redirect(url_for("accounts.sign_in", next=request.full_path))
            raise Refused(Reason.NOT_FOUND if action in NOBODY_SIGNS_IN_FOR else Reason.NOT_ALLOWED)

        guarded.policy = action  # type: ignore[attr-defined]  # read by tests/contracts
        return guarded

    return decorate


def of_handbook(handbook_id: str, **_others: str) -> Facts:
    """Give the facts of the handbook in the address."""
    return facts_queries.handbook_facts(current.reader(), handbook_id)


def of_known_handbook(handbook_id: str, **_others: str) -> Facts:
    """Give the facts of the handbook in the address; it is no secret to whom holds a link of it."""
    facts = of_handbook(handbook_id)
    known = handbook_id in handbooks_of_links(current.reader(), current.held())
    return replace(facts, announced=facts.announced or known)


def of_section(section_id: str, **_others: str) -> Facts:
    """Give the facts of the section in the address."""
    return facts_queries.section_facts(current.reader(), section_id)


def of_link(link_id: str, **_others: str) -> Facts:
    """Give the facts of the phase that the link in the address belongs to."""
    actor = current.held_link(link_id).actor
    if actor.phase_id is None:
        raise Refused(Reason.NOT_FOUND)
    return facts_queries.phase_facts(current.reader(), actor.phase_id, current.now(), actor)


def of_contribution(contribution_id: str, **_others: str) -> Facts:
    """Give the facts of the contribution in the address; what isn't seen is not found."""
    return facts_queries.seen_contribution_facts(
        current.reader(), current.actor(), contribution_id, current.now()
    )


def of_installation(**_others: str) -> Facts:
    """Give the facts of the installation itself, as this visitor meets it.

    The local mailbox holds everybody's ways in: only the very machine has it, also where the site
    listens on the network.
    """
    has_mailbox = not current.installation().settings.smtp_url
    return Facts(local_mailbox=has_mailbox and _sits_at_this_machine())


def _sits_at_this_machine() -> bool:
    """Tell whether the request comes from this machine, and not through a proxy on it."""
    proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if proxied and not current.installation().settings.trusted_proxies:
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
