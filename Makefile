# Every target does the set-up first; it is quick when nothing is missing (tools/setup.py).

PYTHON := .venv/bin/python
ROOMS := app sync scanner printing ui hq shop demo main.py benchmarks tests tools
DATA ?=
PHOTOS ?=

.PHONY: all setup demo run shop hq doctor test check format bench bench-hq bench-scan soak screenshots package lock clean \
	help
.NOTPARALLEL:

help:
	@echo "make demo         enrol, scan, hand over, outage, recovery: on the real window (offscreen without a display)"
	@echo "make run          the terminal                    (DATA=folder)"
	@echo "make shop         HQ and the terminal on one PC, for a small shop   (DATA=folder)"
	@echo "make hq           HQ on http://127.0.0.1:8710     (DATA=folder)"
	@echo "make doctor       what is missing or wrong on this machine, and how to mend it"
	@echo "make test         every test"
	@echo "make check        formatter, linter, types, import contracts, house rules"
	@echo "make bench        the figures, each beside its floor"
	@echo "make bench-hq     HQ under load, SQLite and PostgreSQL: each figure beside its floor"
	@echo "make bench-scan   what the scanner reads, and how fast   (PHOTOS=folder)"
	@echo "make soak         the long runs"
	@echo "make screenshots  a picture of every page"
	@echo "make package      what a shop installs: dist/ziti-pos and a Debian package of it, tried before it is handed on"
	@echo "make lock         renew requirements.lock after a change of the dependencies"

all: setup

setup:
	@python3 -m tools.setup

demo: setup
	$(PYTHON) main.py demo

run: setup
	$(PYTHON) main.py $(if $(DATA),--data "$(DATA)")

shop: setup
	$(PYTHON) main.py shop $(if $(DATA),--data "$(DATA)")

hq: setup
	$(PYTHON) main.py hq --data "$(or $(DATA),hq-data)" --host 127.0.0.1 --port 8710

doctor: setup
	$(PYTHON) main.py doctor $(if $(DATA),--data "$(DATA)")

# In the order of the folders: by their number of tests the files with few long ones would come last, one worker idle.
test: setup
	$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: setup
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy $(ROOMS)
	$(PYTHON) -c 'from importlinter.cli import lint_imports_command as run; run()'
	$(PYTHON) -m tools.house

format: setup
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: setup
	$(PYTHON) -m benchmarks

bench-hq: setup
	$(PYTHON) -m benchmarks.hq_load

bench-scan: setup
	$(PYTHON) -m benchmarks.scan $(if $(PHOTOS),--photos "$(PHOTOS)")

soak: setup
	$(PYTHON) -m tests.simulation --seeds 20000
	$(PYTHON) -m tests.e2e.kill --points 5000
	$(PYTHON) -m benchmarks soak

screenshots: setup
	$(PYTHON) main.py screenshots

# The pictures of the trial are dist/on-screen.png and dist/unseen.png.
package: setup
	rm -rf dist
	$(PYTHON) -m PyInstaller --noconfirm --clean --log-level ERROR packaging/ziti-pos.spec
	$(PYTHON) -m tools.package
	$(PYTHON) -m pytest tests/packaging/built.py

# For every platform and every Python from 3.11 on; versions stay as they are unless UPGRADE=1.
lock: setup
	$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip compile pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate \
		--quiet $(if $(UPGRADE),--upgrade) --output-file requirements.lock
	@python3 -m tools.setup

clean:
	rm -rf build dist demo-output bench-output soak-output screenshots \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
