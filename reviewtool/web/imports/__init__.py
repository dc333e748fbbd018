"""Bringing in a handbook from a file."""
