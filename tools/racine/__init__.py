"""The master over the seven groups."""
