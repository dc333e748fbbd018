"""Outgoing mail: what is said, how it is rendered, how it is delivered."""
