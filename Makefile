# make site   建站 build the site          make check  提交前检查 what to know before a commit
# make serve  预览 live preview            make test   测试 all tests, with their set-up
# Needs Python 3.11 or newer; everything else is installed into .venv at the versions of the locks.

.DEFAULT_GOAL := site
.PHONY: site serve check test soak golden bench lock clean
.DELETE_ON_ERROR:

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet
# How many tests run at once; `make test JOBS=0` runs them in one process.
JOBS ?= auto
# What to test; `make test ONLY=tests/test_money.py`.
ONLY ?=

site: .venv/runtime.stamp
	$(BIN)/disclose build
	@echo "打开 open: $(CURDIR)/site/index.html"

serve: .venv/runtime.stamp
	$(BIN)/disclose serve

check: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.check_repository

test: .venv/dev.stamp
	sh tests/setup.sh $(BIN)/python
	$(BIN)/python -m pytest --numprocesses=$(JOBS) --dist=loadfile -m "not slow" $(ONLY)

# The long runs: a hundred killed builds, a large fuzz. Their figures are in docs/maintain/.
soak: .venv/dev.stamp
	$(BIN)/python -m pytest -m slow $(ONLY)

# Writes what the tests produce over tests/golden/; read the diff before committing it.
golden: .venv/dev.stamp
	$(BIN)/python -m pytest --refresh-golden $(ONLY)
	git status --short tests/golden

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

# Keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
# No index is named in the locks: pip asks the one that its own settings name.
UPGRADE ?=
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --quiet \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url $(UPGRADE)
lock: .venv/dev.stamp
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

# Everything that make can make again.
clean:
	rm -rf .venv .cache .setup .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	rm -rf .hypothesis site site.* dist build
	test ! -d docs || git clean -fdqX docs
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/runtime.stamp: .venv/pyvenv.cfg requirements.lock pyproject.toml
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp requirements-dev.lock
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# The first Python that is new enough and can make a venv (Debian keeps that in python3-venv).
.venv/pyvenv.cfg:
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then echo "$$python -m venv .venv"; exec $$python -m venv --clear .venv; fi; \
	done; \
	echo '需要 Python 3.11 或更高版本及其 venv 模块（Debian、Ubuntu：apt install python3-venv）。' >&2; \
	echo 'Needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt install python3-venv).' >&2; \
	exit 1
