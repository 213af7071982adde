"""What decides whether a turn came to what a case expects; exact, but for the judge."""
