"""The published handbook: what it says, and how it came to say so."""
