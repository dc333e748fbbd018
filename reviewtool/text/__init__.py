"""The text engine: pure functions on strings; knows no handbook, person, database or catalogue."""
