"""The drivers: one module a kind of source."""
