"""Reads for pages: SELECTs that give frozen dataclasses and take the actor."""
