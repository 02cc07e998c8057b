# Thin: the work is in scripts/ and in the presets of CMake.
TEST_SET ?= quick

.PHONY: help demo test test-long fuzz bench check format image package release clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

demo: ## run the exporter against a simulated cloud; installs what is missing
	@scripts/install-packages build
	@scripts/fetch-civetweb
	@cmake --preset release -Wno-dev --log-level=WARNING
	@cmake --build --preset release --target cloud_billing_exporter cloud_simulator
	@scripts/run-demo

test: ## build and run every quick test; installs what is missing
	@scripts/install-packages test
	@scripts/fetch-civetweb
	@scripts/run-tests $(TEST_SET)

test-long: ## ThreadSanitizer, Clang, long runs, the image, a release, a fresh Debian 13
	@scripts/install-packages long
	@scripts/fetch-civetweb
	@scripts/run-long-tests

fuzz: ## search for bytes that a reader does not bear, FUZZ_SECONDS (60) for each target
	@scripts/install-packages fuzz
	@scripts/fetch-civetweb
	@scripts/fuzz

bench: ## measure scrapes, decoding, polling, accounts and FOCUS files, for BENCHMARKS.md
	@scripts/install-packages build
	@scripts/fetch-civetweb
	@cmake --preset release -Wno-dev --log-level=WARNING
	@cmake --build --preset release
	@python3 -B tests/bench/write_page.py build/release/bin

check: ## includes, names, formatting and documentation, then clang-tidy
	@scripts/install-packages check
	@scripts/fetch-civetweb
	@set -e; for script in tests/checks/check_*.py; do python3 $$script; done
	@tests/checks/run_tidy

format: ## format every source
	@python3 tests/checks/check_format.py --fix

image: ## the container image, without a registry, in build/image
	@scripts/install-packages image
	@scripts/build-image

package: ## the Debian package, in build/packages
	@scripts/install-packages package
	@scripts/fetch-civetweb
	@scripts/build-package

release: ## everything that is released, for amd64 and arm64, in build/release-files
	@scripts/install-packages release
	@scripts/build-release

clean: ## remove everything built, civetweb's source included
	@rm -rf --one-file-system build 2>/dev/null || scripts/as-root rm -rf --one-file-system build
