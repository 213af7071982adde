"""The report that a person reads: one file of HTML that needs nothing from elsewhere."""
