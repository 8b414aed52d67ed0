"""Turns what a ``Reader`` has read into the shapes of ``schemas``; asks the database only where a docstring says so."""
