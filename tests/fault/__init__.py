"""Tests that kill the service and look at what is left."""
