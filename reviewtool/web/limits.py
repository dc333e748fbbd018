"""Rate limits on what can be guessed or flooded; counted in Redis where there is one."""

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(key_func=get_remote_address, headers_enabled=True)

SIGN_IN = "10 per minute; 60 per hour"
SIGN_UP = "20 per minute; 200 per hour"
"""Forty people of one workshop share an address."""
BAD_LINKS = "30 per minute"
