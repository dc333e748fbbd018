"""Personal links: the way in, new links, "not you?"."""
