"""Scans: executions of a rule set over a source."""
