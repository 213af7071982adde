"""The health of the whole."""
