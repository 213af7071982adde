"""Encryption at rest for credentials: Fernet under a key derived from the service's secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tools.errors import MendSource


class SecretBox:
    """Seals and opens short texts."""

    def __init__(self, secret_key: str) -> None:
        derived = HKDF(SHA256(), 32, salt=None, info=b"racine credentials").derive(
            secret_key.encode()
        )
        self._fernet = Fernet(base64.urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """Encrypt a text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt a text.

        Raises:
            MendSource: it was sealed under another secret key.
        """
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise MendSource(
                "The stored credentials can't be decrypted with this RACINE_SECRET_KEY.",
                "Start with the key they were stored under, or give the credentials again.",
            ) from None
