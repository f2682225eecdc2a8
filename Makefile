# Everything runs on the Node that package-lock.json pins, whatever Node npm itself runs on.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export NEXT_TELEMETRY_DISABLED := 1

INSTALLED := node_modules/.package-lock.json
BUILT := .next/BUILD_ID
SOURCES := $(shell find app components lib prisma public proxy.ts instrumentation.ts next.config.js postcss.config.mjs \
	package.json -type f -not -path '*/generated/*' -not -name '*.test.ts' -not -name '*.test.tsx' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run test verify format e2e screenshots soak bench sbom clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(BUILT): $(INSTALLED) $(SOURCES)
	npm run -s build
	@touch $@

run: $(BUILT) ## install, build and start; prints the address and a one-time sign-in link
	@exec node dist/signalbox.mjs start --demo

test: $(INSTALLED) ## everything: format, lint, types, dead code, unit, integration, build, end to end
	@./install.sh --quiet || true
	@exec node lib/testing/run-everything.mjs

verify: $(INSTALLED) ## what needs no database and no browser, in under a minute
	npm run -s verify

format: $(INSTALLED) ## format and mend what the linter can mend
	npm run -s format

e2e: $(BUILT) ## the journeys in a real browser
	npm run -s e2e

screenshots: $(BUILT) ## pictures of the pages, light, dark and narrow, into screenshots/
	playwright test --project screenshots

soak: $(BUILT) ## publish, send alerts and move tenants while processes are killed (SOAK_*); thousands of configurations beside amtool
	node lib/testing/soak.mjs
	node lib/testing/soak-tap.mjs
	SOAK=1 vitest run --project integration lib/database/places/kills lib/publishing/crash lib/publishing/schedule-kills lib/witness/kills lib/operations/keys-kills
	SOAK=1 vitest run --project unit lib/audit/proofs
	SOAK=1 vitest run --project integration lib/alertmanager/validation/amtool lib/alertmanager/templates/amtool lib/alertmanager/routing/amtool

bench: $(BUILT) ## our figures beside a peer's: typing, saving, page weight, starts, validation, templates
	node lib/testing/bench.mjs

sbom: $(INSTALLED) ## what the product is made of, as CycloneDX: sbom.cdx.json
	node lib/testing/scan.mjs sbom

clean: ## remove what was built; never touches .data
	rm -rf .next dist sbom.cdx.json coverage test-results playwright-report screenshots lib/database/generated
