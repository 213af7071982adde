"""Alembic's environment: run by `migrate.upgrade` on the connection that it is handed."""

from __future__ import annotations

from alembic import context

from tools import models  # noqa: F401 - every table, for autogenerate
from tools.database import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
