"""Frozen drafts: freezing, reading, comparing, correcting."""
