"""The settings: one class, read once at the root; below it plain values are passed."""

from __future__ import annotations

import secrets
from math import isfinite
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from tools.errors import CorrectInput


class Settings(BaseSettings):
    """What the environment (prefix `RACINE_`) says; every field has a default that works."""

    model_config = SettingsConfigDict(env_prefix="RACINE_", extra="ignore")

    database_url: str | None = Field(
        None, description="The database; SQLite in the data folder by default"
    )
    chroma_url: str | None = Field(None, description="A Chroma server; embedded by default")
    data_dir: Path = Field(Path("racine-data"), description="Where everything local is kept")
    model: str = Field("builtin", description="builtin, openai:NAME, or any init_chat_model string")
    model_timeout: float = Field(
        60.0, gt=0, description="After how many seconds of silence the language model is given up"
    )
    answer_timeout: float = Field(
        180.0, gt=0, description="After how many seconds an answer is stopped"
    )
    model_prices: str | None = Field(
        None, description="USD per million tokens read and written, such as 0.15,0.60"
    )
    tokens_per_answer: int | None = Field(
        200_000, ge=1, description="How many tokens of the language model one answer may take"
    )
    tokens_per_person: int | None = Field(
        None, ge=0, description="How many one person may use within 24 hours"
    )
    tokens_per_workspace: int | None = Field(
        None, ge=0, description="How many a workspace's conversations may use within 24 hours"
    )
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

    @property
    def prices(self) -> tuple[float, float] | None:
        """The model's prices for what it reads and writes, in USD per million tokens."""
        if self.model_prices is None:
            return None
        try:
            read, written = (float(part) for part in self.model_prices.split(","))
        except ValueError:
            read = written = -1.0
        if not (isfinite(read) and isfinite(written)) or min(read, written) < 0:
            raise CorrectInput(
                f"'{self.model_prices}' is no pair of prices.",
                "Write USD per million tokens read and written, such as 0.15,0.60.",
                field="RACINE_MODEL_PRICES",
            )
        return read, written

    @property
    def lock(self) -> Path:
        """The file that the process which has the data folder open keeps locked."""
        return self.data_dir / "serving.lock"

    @property
    def address(self) -> str:
        """Where the service is reached from this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

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
