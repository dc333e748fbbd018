"""Beginning a handbook, and what it says of itself."""
