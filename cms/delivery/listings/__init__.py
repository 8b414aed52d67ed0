"""What the API lists: for each kind of document its rows, filters, facets, orders and both its forms."""
