"""What can be looked up: documents in, ranked passages with citations out."""
