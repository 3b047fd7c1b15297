# `make run` starts Kith, `make test` proves it. Everything else is for developers.
.DEFAULT_GOAL := help
.PHONY: help run test check fix demo bench bench-large kill screens pictures assets messages venv lock clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|'

run: ## start Kith on http://127.0.0.1:8000
	@scripts/run

test: ## everything: the checks, then all tests on SQLite and PostgreSQL and in a browser
	@scripts/test

check: ## the fast part: style, types, layers, templates, migrations
	@scripts/check

fix: ## format the code and mend what can be mended
	@scripts/fix

demo: ## believable demo data: make demo CONTACTS=10000 SEED=1
	@scripts/demo

bench: ## the benchmark; writes build/bench.json
	@scripts/bench

bench-large: ## search, list and bulk work at 100,000 and a million contacts; takes two hours
	@scripts/bench search && cp build/bench.json build/bench-small.json
	@KITH_BENCH_LARGE=1 KITH_BENCH_MEANWHILE=20000 scripts/bench search
	@for database in sqlite postgresql; do \
		.venv/bin/python benchmarks/growth.py build/bench-small.json build/bench.json $$database; done

kill: ## kill -9 an import of 50,000 rows, and its undo, at twenty moments each; takes half an hour
	@scripts/kill_import

screens: ## pictures of the main pages into build/screens/
	@scripts/screens

pictures: ## the pictures of the guides anew, into docs/pictures/
	@scripts/pictures

assets: ## put the front-end packages where the server finds them
	@scripts/assets

messages: ## bring the translations up to date: make messages NEW=nb begins one
	@.venv/bin/python scripts/messages.py $(NEW)

venv: ## the environment for developers
	@scripts/venv

lock: ## make the lock files anew from requirements*.in and package.json
	@scripts/lock

clean: ## remove what was built; data/ stays
	rm -rf build .venv node_modules src/kith/web/static/vendor .mypy_cache .ruff_cache .pytest_cache
