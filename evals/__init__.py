"""Suites, graders and reports; they talk to the service over HTTP, or measure pure modules."""
