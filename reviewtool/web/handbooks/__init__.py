"""Beginning a handbook."""
