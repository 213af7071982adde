"""One search over all groups."""
