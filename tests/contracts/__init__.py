"""Contracts tests."""
