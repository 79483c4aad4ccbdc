# `make demo` and `make test` each work as the first and only command after cloning.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DATA ?= ../shared/data
TORCH ?= torch==2.13.0

.PHONY: demo test check bench pictures clean

demo: $(STAMP)
	$(BIN)/factcheck demo

# Two at a time, whoever is idle takes over what is left; what takes longest is begun first.
test: check
	$(BIN)/pytest -n 2 --dist worksteal

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m benchmarks.encode
	$(BIN)/python -m benchmarks.buildspeed --data $(DATA)/retrieval/scifact
	$(BIN)/python -m benchmarks.retrieval --data $(DATA)/retrieval
	$(BIN)/python -m benchmarks.scale --data $(DATA)
	$(BIN)/python -m benchmarks.lexical --data $(DATA)
	$(BIN)/python -m benchmarks.fuzz
	$(BIN)/python -m benchmarks.verify --data $(DATA)/verify
	$(BIN)/python -m benchmarks.contrast
	$(BIN)/python -m benchmarks.probe --data $(DATA)/verify
	$(BIN)/python -m benchmarks.buried --data $(DATA)/verify
	$(BIN)/python -m benchmarks.crossencoder
	$(BIN)/python -m benchmarks.checkworthy --data $(DATA)/checkworthy
	$(BIN)/python -m benchmarks.startup
	$(BIN)/python -m benchmarks.reportcheck
	$(BIN)/python -m benchmarks.sessionkill
	$(BIN)/python -m benchmarks.kill
	$(BIN)/python -m benchmarks.bytes
	$(BIN)/python -m benchmarks.endtoend
	$(BIN)/python -m benchmarks.gold --half scoring
	$(BIN)/python -m benchmarks.goldverdicts --half scoring
	$(BIN)/python -m benchmarks.crossfit --data $(DATA)
	$(BIN)/python -m benchmarks.ablation --data $(DATA)
	$(BIN)/python -m benchmarks.length
	$(BIN)/python -m benchmarks.rebuild --sentences 15
	$(BIN)/python -m benchmarks.memory

pictures: $(STAMP)
	$(BIN)/python -m benchmarks.pictures

# torch is installed first, pinned to the build we develop with. Where the default index offers a
# build for GPUs only (PyPI does, for Linux), name the one for CPUs, which is a tenth of the size:
#   make demo TORCH="torch -i https://download.pytorch.org/whl/cpu"
$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
