"""The migrations: head equals the models."""
