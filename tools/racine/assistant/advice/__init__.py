"""Recommendations: one entry in a list for each thing that a steward would want to hear of."""
