"""Factories: objects that tests begin from, made by the use cases themselves."""
