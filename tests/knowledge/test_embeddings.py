from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import numpy as np
import pytest
from openai import OpenAI

from knowledge.embeddings import MiniLM, OpenAIEmbedder, make_embedder, packaged_file
from knowledge.errors import MendEmbeddings


def test_minilm_puts_like_meanings_together_whatever_else_is_embedded() -> None:
    model = MiniLM()
    pay, wage, fish = model.embed(["salary of an employee", "how much people earn", "a river fish"])
    assert pay.dtype == np.float32 and pay.shape == (model.dimension,)
    assert np.linalg.norm(pay) == pytest.approx(1, abs=1e-5)
    assert pay @ wage > 0.4 > pay @ fish
    with ThreadPoolExecutor(4) as pool:
        alone = list(pool.map(lambda _: model.embed(["salary of an employee"])[0], range(8)))
    assert all(np.array_equal(vector, pay) for vector in alone)


def test_minilm_takes_no_text_and_very_long_text() -> None:
    model = MiniLM()
    assert model.embed([]).shape == (0, model.dimension)
    assert np.isfinite(model.embed(["", "long " * 100_000])).all()


class Endpoint(BaseHTTPRequestHandler):
    """OpenAI's embeddings, answered out of order; a model named "broken" fails."""

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        broken = request["model"] == "broken"
        rows: list[dict[str, Any]] = [
            {"object": "embedding", "index": index, "embedding": [3.0 * len(text), 4.0]}
            for index, text in enumerate(request["input"])
        ]
        body = json.dumps({"object": "list", "model": "m", "data": rows[::-1]}).encode()
        self.send_response(400 if broken else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def client() -> Any:
    with ThreadingHTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}"
        with OpenAI(base_url=url, api_key="none", max_retries=0) as client:
            yield client
        server.shutdown()
        thread.join()


def test_openai_endpoint_gives_rows_in_order_and_of_length_one(client: OpenAI) -> None:
    embedder = OpenAIEmbedder("small", client)
    assert embedder.dimension == 2
    rows = embedder.embed(["a", "", "x" * 300] * 50)
    assert rows.shape == (150, 2)
    assert np.allclose(rows[0], [0.6, 0.8]) and rows[2, 0] > 0.99
    assert embedder.embed([]).shape == (0, 2)


def test_openai_endpoint_that_fails_is_named_with_the_way_out(client: OpenAI) -> None:
    with pytest.raises(MendEmbeddings, match=r"'broken'.*OPENAI_BASE_URL.*minilm"):
        OpenAIEmbedder("broken", client).embed(["a"])


def test_a_setting_names_the_embedder() -> None:
    assert make_embedder("minilm").name == MiniLM.name
    assert make_embedder("openai:text-embedding-3-small").name == "text-embedding-3-small"
    for wrong in ("", "openai:", "word2vec", "minilm:x"):
        with pytest.raises(MendEmbeddings, match="RACINE_EMBEDDINGS"):
            make_embedder(wrong)


def test_a_missing_package_is_named() -> None:
    with pytest.raises(MendEmbeddings, match="no-such-package"):
        packaged_file("no-such-package", "model.onnx")
