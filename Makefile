# City Panel: `make` lists the targets. They work from any folder (make -C path/to/the/project build).
# YEARBOOK=folder chooses the tables (relative to this folder), PYTHON=… the interpreter of a new .venv.
.DEFAULT_GOAL := help
.PHONY: help scorecard bench bench-import faults fuzz build test lint format docs sample reference readme-results masking \
	truth-seeds montecarlo quality-montecarlo fuzz-layouts lock clean user-environment dev-environment

BIN := .venv/bin
SQL := models analysis tests

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s  %s\n", $$1, $$2}' Makefile

build: user-environment ## Install, check the yearbook folder, run dbt build, print a summary
	@$(BIN)/citypanel build

test: dev-environment ## Install with the tools of the tests, run pytest in two processes (PYTEST="-k words" selects)
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(PYTEST)

lint: dev-environment ## Check SQL (sqlfluff), Python (ruff, mypy) and YAML (yamllint)
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/yamllint --strict .
	@$(BIN)/sqlfluff lint --disable-progress-bar $(SQL)

format: dev-environment ## Mend what ruff and sqlfluff can mend by themselves
	@$(BIN)/ruff check --fix
	@$(BIN)/sqlfluff fix --disable-progress-bar $(SQL)

docs: user-environment ## Write the dbt documentation to target/ (read it with: .venv/bin/dbt docs serve)
	@$(BIN)/dbt docs generate

sample: user-environment ## Write seeds/yearbook (the synthetic sample, seed 1) and tests/planted again
	@$(BIN)/citypanel sample --out seeds/yearbook --planted tests/planted --seed 1

reference: dev-environment ## Write the rosters in seeds/reference again
	@$(BIN)/citypanel reference

readme-results: dev-environment ## Write the table and the figures of the READMEs again from build/sample.duckdb
	@$(BIN)/python -m citypanel.exhibits.readme_results

scorecard: dev-environment ## Write the pictures of docs/scorecard.md again from build/sample.duckdb (needs Chromium)
	@$(BIN)/python -m citypanel.quality.scorecard.browser

bench: dev-environment ## Time estimation and import beside their peers, write docs/benchmarks.md again
	@$(BIN)/python tests/bench/benchmark.py

bench-build: dev-environment ## Time dbt build beside a project of as many trivial nodes, write docs/benchmarks_build.md
	@$(BIN)/python tests/bench/build_cost.py

bench-import: dev-environment ## Time the import of 200 workbooks and of 10 million rows, write docs/benchmarks_import.md
	@$(BIN)/python tests/bench/importing.py

fuzz: dev-environment ## Read damaged files of every format for ten minutes (CITYPANEL_FUZZ_SEED repeats a run)
	@CITYPANEL_FUZZ_SECONDS=600 CITYPANEL_FUZZ_SEED=$${CITYPANEL_FUZZ_SEED:-$$(date +%s)} \
		$(BIN)/python -m pytest tests/python/importing/test_reading_fuzz.py

faults: dev-environment ## Kill a build at every node that writes a table: is the publication whole, the next build the same?
	@FAULTS_EVERY_NODE=1 $(BIN)/python -m pytest -q -s tests/python/builds/test_faults.py

masking: build ## Measure the error of interpolation, write docs/interpolation.md again
	@$(BIN)/python -m citypanel.quality.interpolation_report

truth-seeds: user-environment ## Count how often 20 further seeds return the planted truth within 2 standard errors
	@$(BIN)/python -m citypanel.sample.coverage

montecarlo: user-environment ## Redraw the sample 500 times: do the intervals hold the truth? Writes docs/monte_carlo.md
	@$(BIN)/python -m citypanel.montecarlo --draws 500 --write docs/monte_carlo.md

quality-montecarlo: user-environment ## Redraw the sample, plant further defects: what do the checks find? Writes docs/detection.md
	@$(BIN)/python -m citypanel.quality.detection_report

fuzz-layouts: dev-environment ## Draw 20,000 invented table layouts and require every cell of them back
	@FUZZ_EXAMPLES=20000 $(BIN)/python -m pytest -q tests/python/importing/test_importing_any_layout.py

lock: ## Write the two lock files again from pyproject.toml (needs uv)
	uv lock --quiet
	uv export --quiet --frozen --no-dev --group build --no-emit-project --output-file requirements.lock
	uv export --quiet --frozen --group dev --no-emit-project --output-file requirements-dev.lock

clean: ## Remove what dbt and the tools leave behind (not .venv, not build/)
	@rm -rf target logs dbt_packages .pytest_cache .mypy_cache .ruff_cache .hypothesis

user-environment:
	@sh .ci/environment requirements.lock

dev-environment:
	@sh .ci/environment requirements-dev.lock
