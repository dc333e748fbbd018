"""Where tests begin: the moment of their clock, and the key that signs their links."""

from datetime import UTC, datetime

START = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
"""A Monday morning in Helsinki."""

KEY = "a key for tests only, long enough for anybody"
