"""The vectors that ship: none is missing or left over, and they are the model's own."""

from __future__ import annotations

from api.runtime import Runtime
from api.shipped import texts
from knowledge.shipped import digest, digests


async def test_the_vectors_that_ship_are_of_what_every_racine_embeds(runtime: Runtime) -> None:
    embedded = await texts(runtime.database, runtime.kernel.registry)
    assert {digest(text) for text in embedded} == digests(), "run `make vectors`"
