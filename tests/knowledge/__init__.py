"""The index, held to its promises on real SQLite, real Chroma and the real model."""
