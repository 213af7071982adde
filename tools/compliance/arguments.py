"""Arguments that several operations of compliance take."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

SourceFilter = Annotated[str | None, Field(max_length=200, description="Only this source")]
