"""Working texts: reading, editing, joining, comparing."""
