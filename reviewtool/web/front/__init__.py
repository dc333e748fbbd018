"""The public front: what is written here, where it stands; help, privacy, accessibility."""
