# The commands of the project; `make help` lists them.

LISTEN ?= 127.0.0.1:3110
POPULATION ?= 60000
UI_SOURCES := $(shell find ui -type f -not -path 'ui/node_modules/*' -not -path 'ui/dist/*')

.PHONY: help build demo test check bench shots ui

help: ## Lists these commands.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

ui: ui/dist/.built ## Makes the styles, icons and scripts of the pages, when their sources have changed.

ui/dist/.built: $(UI_SOURCES) ui/node_modules/.package-lock.json
	cd ui && node build.mjs

ui/node_modules/.package-lock.json: ui/package.json ui/package-lock.json
	cd ui && npm ci --loglevel=error

build: ui ## Builds target/release/townline.
	cargo build --release --locked --package townline

demo: build ## Makes a sample town and serves it (LISTEN=127.0.0.1:3110 POPULATION=60000).
	target/release/townline demo --listen $(LISTEN) --population $(POPULATION)

test: ui ## Installs what the tests need and is missing, then runs every check and every test.
	scripts/install-test-tools
	scripts/check
	scripts/test

check: ui ## The checks without the tests: format, lints, documentation, dependencies.
	scripts/check

bench: build ## Measures what we promise, each figure beside its limit or peer from the same run.
	scripts/bench

shots: ui ## Photographs every page, on three devices, in two languages, light and dark, into shots/sheet.html.
	scripts/install-test-tools
	cargo build --package townline --locked
	cd tests/browser && node shots.mjs
