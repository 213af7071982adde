"""The conversation: one turn from a message to its last event."""
