"""Scan rule sets: versioned detectors with thresholds and a sampling policy."""
