"""Tests of reviewtool."""
