"""The detectors of the default rule set, by subject."""
