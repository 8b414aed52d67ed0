"""Webhooks: the items of the change feed, sent to whoever subscribes, signed after Standard Webhooks."""
