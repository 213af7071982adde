"""The surfaces: HTTP, the panel, the CLI. They hold no logic of the domain."""
