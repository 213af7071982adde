"""The settings: one class, read once at the root; below it plain values are passed."""

from __future__ import annotations

import secrets
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the environment (prefix `RACINE_`) says; every field has a default that works."""

    model_config = SettingsConfigDict(env_prefix="RACINE_", extra="ignore")

    database_url: str | None = Field(
        None, description="The database; SQLite in the data folder by default"
    )
    chroma_url: str | None = Field(None, description="A Chroma server; embedded by default")
    data_dir: Path = Field(Path("racine-data"), description="Where everything local is kept")
    model: str = Field("builtin", description="builtin, openai:NAME, or any init_chat_model string")
    embeddings: str = Field("minilm", description="minilm, or openai:NAME")
    secret_key: SecretStr | None = Field(
        None, description="Seals credentials and sessions; made and kept in the data folder"
    )
    admin_token: SecretStr | None = Field(
        None, description="An administrator's first API key, for automation"
    )
    executes: bool = Field(
        True, description="Whether serving carries out executions too, or leaves them to workers"
    )
    openlineage_url: str | None = Field(
        None, description="Where executions are reported as OpenLineage run events, too"
    )
    host: str = Field("127.0.0.1", description="The address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="The port to listen on")

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'racine.db'}"

    @property
    def engine_database(self) -> str:
        """The URL of the engine's own database: apart from the application's on SQLite."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'engine.db'}"

    def key(self) -> str:
        """The secret key; made at the first start, readable by the owner only."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        path = self.data_dir / "secret.key"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()
