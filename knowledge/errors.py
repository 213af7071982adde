"""What can go wrong with the index. A class is named after what its reader should do.

The text names the key, the value and the way out, and never a document's content: any surface
may show it.
"""

from __future__ import annotations


class RebuildIndex(Exception):  # noqa: N818 - named after what to do
    """What is stored can't be used with this program or this embedding model."""


class MendEmbeddings(Exception):  # noqa: N818 - named after what to do
    """The embedding model is missing, unknown, damaged, or doesn't answer."""


class MendIndexStore(Exception):  # noqa: N818 - named after what to do
    """The store behind the index can't be reached, or another process owns it."""
