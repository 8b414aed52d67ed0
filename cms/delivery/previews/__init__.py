"""Headless previews: an editor's draft, as the front end gets it from the same addresses as what is published."""
