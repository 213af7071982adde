"""Anomalies: values that the history of their series doesn't explain."""
