"""Sign-in of editors and administrators."""
