"""Settings, process templates and server configuration."""
