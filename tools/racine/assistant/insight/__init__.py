"""Insights: one entry in a list for each thing that only several groups together tell."""
