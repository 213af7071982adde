"""What a turn costs, measured side by side."""
