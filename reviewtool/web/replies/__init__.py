"""Refusing mail of replies, without coming in."""
