"""The drivers, one module a kind of source, and what they share."""
