"""The demo company: people, databases and files, generated from a seed."""
