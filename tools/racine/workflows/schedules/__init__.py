"""Schedules: workflows that start by the clock, by an event, or by a signed webhook."""
