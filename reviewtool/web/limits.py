"""Rate limits on what can be guessed or flooded; counted in Redis where there is one."""

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from reviewtool.domain.people import fold

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)

SIGN_IN = "10 per minute; 60 per hour"
SIGN_UP = "10 per minute; 60 per hour"
"""How many sign up from one network; how often one address is mailed is counted with its mails."""
BAD_LINKS = "30 per minute"
JOINS = "60 per minute; 400 per day"
"""How many come into one workshop's room with its code."""
WRONG_CODES = "600 per hour"
"""How many wrong codes come from one network, which a whole workshop shares; a room that is guessed
at gets another code long before."""
PAPERS = "60 per minute; 600 per hour"
"""PDF and Word files are made anew for each who asks."""
PASSWORDS = "20 per hour"
"""Tries at one account from anywhere; a mailed link stays its way in."""


def account_tried() -> str:
    """Name what a password is tried at: the address, whoever tries."""
    return f"password of {fold(request.form.get('address', ''))}"


def no_password() -> bool:
    """Tell whether a form asks for a mailed link, and guesses nothing."""
    return not request.form.get("password")
