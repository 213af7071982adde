"""Assets, owners, tags, descriptions, lineage and impact."""
