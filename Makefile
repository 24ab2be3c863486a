# What a newcomer needs is `make run` and `make test`; CONTRIBUTING.md tells the rest.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test test-long bench lint fmt assets lock

UV_COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 12

run: ## set up, work the starter cases, serve on 127.0.0.1 (ONCE=1 stops after the report; PORT=8000)
	@scripts/environment base
	@exec .venv/bin/safeconduct run $(if $(ONCE),--once) $(if $(PORT),--port "$(PORT)")

test: lint ## lint, types, contracts and every test, on SQLite and PostgreSQL
	@scripts/system-packages
	@.venv/bin/python scripts/run_tests.py

test-long: ## the tests that take minutes
	@scripts/system-packages
	@scripts/environment test
	@.venv/bin/python scripts/run_tests.py -m long

lint: ## ruff, mypy --strict and the import contracts
	@scripts/environment test
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

fmt: ## let ruff put the code in order
	@scripts/environment test
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

bench: ## every figure that the README claims
	@scripts/environment bench
	@scripts/benchmarks

assets: ## compile the look (needs npm; what it makes is committed)
	@npm ci --prefix assets
	@npm run build --prefix assets

lock: ## resolve the locks anew; UPGRADE=1 takes newer versions
	@[[ -x .venv/bin/uv ]] || scripts/environment base
	@echo 'uv>=0.13.9,<0.14' | $(UV_COMPILE) - -o requirements/uv.lock
	@$(UV_COMPILE) pyproject.toml --override requirements/overrides.txt -o requirements/base.lock
	@$(UV_COMPILE) pyproject.toml --override requirements/overrides.txt --extra test -c requirements/base.lock -o requirements/test.lock
	@$(UV_COMPILE) pyproject.toml --override requirements/overrides.txt --extra test --extra bench -c requirements/test.lock -o requirements/bench.lock
