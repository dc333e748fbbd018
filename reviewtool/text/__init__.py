"""The text engine: canonical form, comparison, anchors, merging, rendering.

Pure functions on strings. Knows no handbook, person, database or language catalogue.
"""
