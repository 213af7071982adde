"""The domain, exposed as tools: the groups' and Racine's operations, and the kernel they pass."""
