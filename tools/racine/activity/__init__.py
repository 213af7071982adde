"""What people see of the log of invocations; its verification; undo."""
