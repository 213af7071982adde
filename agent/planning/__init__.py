"""The built-in planner: a request in plain words becomes calls, a question, or an honest no."""
