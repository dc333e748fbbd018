"""Health for whoever watches the installation."""
