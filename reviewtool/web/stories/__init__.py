"""Personal stories: told whose they are, and tied to the activities of their episodes."""
