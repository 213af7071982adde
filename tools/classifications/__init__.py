"""The taxonomy, and which columns carry which label on what evidence."""
