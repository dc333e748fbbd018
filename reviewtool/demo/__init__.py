"""The demonstration: a handbook of its own, played through the use cases up to a living state."""
