"""The tables: typed SQLAlchemy classes without behaviour beyond invariants."""
