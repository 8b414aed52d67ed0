"""Answers that are no Wagtail page: strategies, the search, and what machines ask a site for."""
