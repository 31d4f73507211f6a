# One command each: make run, make test. `make help` lists the rest.
# Everything is installed into .venv (to play) and .venv-test (to test) from the locks in requirements/.

RUN := .venv
TEST := .venv-test
PY := $(TEST)/bin/python
# Arguments for the command: make run ARGS="--port 8600", make test ARGS="tests/simulator -k flow"
ARGS ?=
# Processes pytest spreads the suite over; 0 runs it in this one.
WORKERS ?= 2
PACKAGES := simulator scenarios drills scoring app
export STORMDRILL_PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK := 1

INSTALL := -m pip install --quiet --require-hashes --only-binary :all:
# The project itself: editable, its dependencies are there already, its build tool too.
INSTALL_PROJECT := -m pip install --quiet --no-deps --no-build-isolation --editable .

.PHONY: help run test lint bench bench-console verdicts seed lock clean
.DELETE_ON_ERROR:

help:
	@echo "make run       the console on this machine (ARGS=\"--lan\" lets others in, \"--port 8600\")"
	@echo "make test      lint, types, layers and every test, as CI does (ARGS=\"tests/simulator\" for a part)"
	@echo "make lint      only the quick checks"
	@echo "make bench     the measured numbers"
	@echo "make bench-console  the console with a hundred viewers, beside a plain Streamlit page (4 min, Linux)"
	@echo "make verdicts  what bot teams score on the library"
	@echo "make seed      how many of the source article's demands work"
	@echo "make lock      new versions of the dependencies into requirements/"
	@echo "make clean     removes the environments and caches"

run: $(RUN)/.installed
	@exec $(RUN)/bin/stormdrill serve $(ARGS)

test: lint
	@chromium=$$($(PY) -m tests.chromium --install) || exit $$?; \
	STORMDRILL_CHROMIUM="$$chromium" $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
	  --junitxml=reports/junit.xml $(ARGS)

lint: $(TEST)/.installed
	$(TEST)/bin/ruff check .
	$(TEST)/bin/ruff format --check .
	$(TEST)/bin/mypy
	$(TEST)/bin/lint-imports

bench: $(TEST)/.installed
	$(PY) -m tests.bench $(ARGS)

bench-console: $(TEST)/.installed
	@$(PY) -m tests.bench.console

verdicts: $(TEST)/.installed
	$(PY) -m tests.verdicts $(ARGS)

seed: $(TEST)/.installed
	@$(PY) -m tests.seed $(ARGS)

lock: .venv-lock/.installed
	requirements/lock.sh .venv-lock/bin/python --upgrade

clean:
	rm -rf $(RUN) .venv-lock .venv-test* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
	  reports test-results dist
	find $(PACKAGES) tests .ci -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps each: the dependencies follow their lock, the project (its command, its version) follows pyproject.toml.
$(RUN)/.installed: $(RUN)/.locked pyproject.toml
	@$(RUN)/bin/python $(INSTALL_PROJECT)
	@touch $@

$(TEST)/.installed: $(TEST)/.locked pyproject.toml
	@$(PY) $(INSTALL_PROJECT)
	@touch $@

$(RUN)/.locked: requirements/run.lock requirements/build.lock
	@python=$$(.ci/find-python) || exit 1; \
	echo "First run: installing into $(RUN) with $$python (about a minute)"; \
	"$$python" -m venv --clear $(RUN)
	@$(RUN)/bin/python $(INSTALL) -r requirements/run.lock -r requirements/build.lock
	@touch $@

$(TEST)/.locked: requirements/test.lock
	@python=$$(.ci/find-python) || exit 1; \
	echo "Installing the tests' environment into $(TEST) with $$python (about a minute)"; \
	"$$python" -m venv --clear $(TEST)
	@$(PY) $(INSTALL) -r requirements/test.lock
	@touch $@

.venv-lock/.installed:
	@python=$$(.ci/find-python) || exit 1; "$$python" -m venv --clear .venv-lock
	@.venv-lock/bin/python -m pip install --quiet "uv>=0.13"
	@touch $@
