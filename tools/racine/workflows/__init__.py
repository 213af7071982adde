"""Workflows and their executions on the durable engine."""
