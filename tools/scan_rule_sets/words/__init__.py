"""Word lists, as literal text, that the built-in dictionaries are made of."""
