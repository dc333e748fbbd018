"""What the machine gives: database sessions, clock, languages, logging, job queue."""
