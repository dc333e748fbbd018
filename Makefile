# make run    starts the product on this machine, with its demonstration
# make test   runs all checks and tests, with the real servers and the browser that they need
# make check  lint, format, types, import directions

PYTHON ?= python3
PORT ?= 8000
UV := uv==0.13.9

.PHONY: run test check browser clean

# --- The product -------------------------------------------------------------------------------

run: .venv/.installed
	@REVIEWTOOL_PORT=$${REVIEWTOOL_PORT:-$(PORT)} exec .venv/bin/python -m reviewtool run

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name it with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	@touch $@

.venv/.installed: .venv/.made requirements.lock
	.venv/bin/python -m uv pip install --quiet --python .venv/bin/python -r requirements.lock
	@touch $@

# --- Its tests ---------------------------------------------------------------------------------

.venv/.installed-dev: .venv/.made requirements-dev.lock
	.venv/bin/python -m uv pip install --quiet --python .venv/bin/python -r requirements-dev.lock
	@touch $@ .venv/.installed

test: .venv/.installed-dev browser check
	.venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder

check: .venv/.installed-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

browser:
	@command -v chromium >/dev/null || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; \
	  else \
	    echo "The browser tests need Chromium. On Debian: sudo apt install chromium"; exit 1; \
	  fi

clean:
	rm -rf .venv build dist
