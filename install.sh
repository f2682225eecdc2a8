#!/bin/sh
# What the tests need beyond npm's packages. Safe to run again; changes nothing that is there already.
set -eu

usage() {
  cat <<'TEXT'
usage: ./install.sh [--quiet] [--check]

Installs what `make test` needs beside the packages of npm:
  chromium                  the browser of the end-to-end tests (or CHROMIUM_PATH)
  prometheus-alertmanager   the real Alertmanager that the conformance tests ask
  prometheus                sends its alerts to the tap

As root on Debian or Ubuntu through apt-get; elsewhere it says what to install. Without them the tests that want them are
skipped, by name. `make run` needs neither.

  --check   only say what is missing; exits 1 when something is
  --quiet   say nothing when nothing is missing
TEXT
}

quiet=0
check=0
for argument in "$@"; do
  case "$argument" in
    -h | --help) usage; exit 0 ;;
    --quiet) quiet=1 ;;
    --check) check=1 ;;
    *) usage >&2; exit 2 ;;
  esac
done

has_browser() {
  [ -n "${CHROMIUM_PATH:-}" ] && [ -x "$CHROMIUM_PATH" ] && return 0
  for program in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$program" >/dev/null 2>&1 && return 0
  done
  for file in "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
    [ -x "$file" ] && return 0
  done
  ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium-* >/dev/null 2>&1
}

has_alertmanager() {
  command -v prometheus-alertmanager >/dev/null 2>&1 || command -v alertmanager >/dev/null 2>&1
}

missing() {
  packages=""
  has_browser || packages="$packages chromium"
  has_alertmanager || packages="$packages prometheus-alertmanager"
  command -v prometheus >/dev/null 2>&1 || packages="$packages prometheus"
  printf '%s' "$packages"
}

packages=$(missing)
if [ -z "$packages" ]; then
  [ "$quiet" -eq 1 ] || echo "Nothing to install: a browser, Alertmanager and Prometheus are here."
  exit 0
fi
if [ "$check" -eq 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing$packages"
  export DEBIAN_FRONTEND=noninteractive
  # Debian starts a server right after installing it, which nobody asked for here.
  policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT INT TERM
  fi
  apt-get update -qq || true
  # One by one: when a package cannot be had, the other still can.
  for package in $packages; do
    apt-get install -y -qq --no-install-recommends "$package" >/dev/null || echo "apt-get could not install $package" >&2
  done
  packages=$(missing)
  [ -z "$packages" ] && exit 0
fi

for package in $packages; do
  case "$package" in
    chromium) echo "Missing: a Chromium. Try \`npx playwright install chromium\`, your system's package, or set CHROMIUM_PATH." >&2 ;;
    prometheus) echo "Missing: Prometheus. Debian: apt-get install prometheus; macOS: brew install prometheus." >&2 ;;
    *) echo "Missing: Alertmanager. Debian: apt-get install prometheus-alertmanager; macOS: brew install alertmanager." >&2 ;;
  esac
done
exit 1
