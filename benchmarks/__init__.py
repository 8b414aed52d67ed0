"""Measures how fast the site answers: `make bench`. See README.md."""
