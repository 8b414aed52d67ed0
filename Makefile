# What one does with a checkout. Everything that comes into being lies in var/.
#   PORT=8123              another port for the demo
#   DEMO_PASSWORD=…        the demo's password for the user admin
#   PYTHON=/path/to/python another Python than the newest that is found
#   VENV=var/other         another folder for the virtual environment

VENV ?= var/venv
PORT ?= 8000
PYTEST_ARGS ?=
export PORT DEMO_PASSWORD PYTHON

RUN = $(VENV)/bin/python
INSTALL = python=$$(requirements/python) && "$$python" requirements/install.py "$(VENV)"
PACKAGES = -p wagtail_partnerships.cms -p wagtail_partnerships.site_pages -p wagtail_partnerships.snippets
CODE = cms site_pages snippets tests benchmarks manage.py requirements .ci
LOCK = $(VENV)/bin/uv pip compile pyproject.toml --extra site --group install --quiet --upgrade --universal \
  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo test browser-test bench screenshots guide-pictures lighthouse lint format types check messages lock clean \
  demo-environment dev-environment

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo-environment:
	@$(INSTALL) demo

dev-environment:
	@$(INSTALL) dev

demo: ## Serve the site with its demo content on http://localhost:8000 (PORT=8123 for another port)
	@python=$$(requirements/python) && "$$python" -P cms/demo/port.py
	@$(INSTALL) demo
	@exec $(RUN) -m wagtail_partnerships.cms.demo.serve

test: dev-environment ## Run the tests that need no browser and no server
	$(RUN) -m pytest -n auto $(PYTEST_ARGS)

browser-test: dev-environment ## Run the tests that drive Chromium, and the slow ones
	$(RUN) -m pytest -m "browser or slow" $(PYTEST_ARGS) || [ $$? -eq 5 ] # 5: no such test

bench: dev-environment ## Measure how fast the site answers (PARTNERS=100 for a smaller one): see benchmarks/README.md
	@$(RUN) -m benchmarks

screenshots: dev-environment ## Take pictures of the public pages of the demo that runs on PORT
	$(RUN) tests/browser/screenshots.py http://localhost:$(PORT)

lighthouse: dev-environment ## Measure the public pages of the demo that runs on PORT with Lighthouse (needs Node.js)
	$(RUN) tests/browser/lighthouse.py http://localhost:$(PORT)

guide-pictures: dev-environment ## Take the pictures of the guide for editors, from the demo that runs on PORT with DEMO_PASSWORD
	$(RUN) tests/browser/guide_pictures.py http://localhost:$(PORT)

lint: dev-environment ## Check style, imports between the floors, templates and dependencies
	$(RUN) -m ruff check $(CODE)
	$(RUN) -m ruff format --check $(CODE)
	PYTHONPATH=var/lib $(VENV)/bin/lint-imports
	$(RUN) -m djlint --lint --quiet templates
	git ls-files -z -- '*.html' | xargs -0 -r $(VENV)/bin/djade --check --target-version 5.2
	$(VENV)/bin/deptry cms site_pages snippets

format: dev-environment ## Put code and templates into their form
	$(RUN) -m ruff check --fix $(CODE)
	$(RUN) -m ruff format $(CODE)
	git ls-files -z -- '*.html' | xargs -0 -r $(VENV)/bin/djade --target-version 5.2

types: dev-environment ## Check types
	MYPYPATH=var/lib $(RUN) -m mypy $(PACKAGES)

check: lint types test ## Everything that a change must pass
	$(RUN) manage.py makemigrations --check --dry-run
	HTTPS=1 $(RUN) manage.py check --deploy --fail-level=WARNING

messages: dev-environment ## Collect and compile the texts to translate (needs gettext)
	$(RUN) .ci/messages.py

lock: dev-environment ## Resolve the newest versions that pyproject.toml allows, for every Python, with hashes
	$(LOCK) -o requirements/demo.txt
	$(LOCK) --group dev -c requirements/demo.txt -o requirements/dev.txt

clean: ## Remove the environment and caches; the demo's database and files stay
	rm -rf "$(VENV)" var/lib build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find cms site_pages snippets tests requirements -name __pycache__ -type d -prune -exec rm -rf {} +
