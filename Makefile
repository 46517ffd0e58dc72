# The commands of the project; `make help` lists them.

LISTEN ?= 127.0.0.1:3110
POPULATION ?= 60000

.PHONY: help build demo test check bench

help: ## Lists these commands.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

build: ## Builds target/release/townline.
	cargo build --release --locked --package townline

demo: build ## Makes a sample town and serves it (LISTEN=127.0.0.1:3110 POPULATION=60000).
	target/release/townline demo --listen $(LISTEN) --population $(POPULATION)

test: ## Installs what the tests need and is missing, then runs every check and every test.
	scripts/install-test-tools
	scripts/check
	scripts/test

check: ## The checks without the tests: format, lints, documentation, dependencies.
	scripts/check

bench: build ## Measures what we promise, each figure beside its limit or peer from the same run.
	scripts/bench
