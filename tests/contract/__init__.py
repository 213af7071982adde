"""What holds for every operation, setting and page."""
