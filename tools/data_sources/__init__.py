"""Sources: registering, opening read-only, discovering."""
