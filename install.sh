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
  softhsm2                  a PKCS#11 token in software, for the tests of keys in hardware; and the native part of pkcs11js,
                            which wants g++, make and python3. PKCS11_MODULE wants that too, on any system

As root on Debian or Ubuntu through apt-get; elsewhere it says what to install. Without them the tests that want them are
skipped, by name. `make run` needs none of it.

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

has_token() {
  command -v softhsm2-util >/dev/null 2>&1
}

# Of an optional dependency, which `npm ci --ignore-scripts` leaves unbuilt.
token_client_built() {
  [ ! -d node_modules/pkcs11js ] || ls node_modules/pkcs11js/build/Release/*.node >/dev/null 2>&1
}

has_compiler() {
  command -v g++ >/dev/null 2>&1 && command -v make >/dev/null 2>&1 && command -v python3 >/dev/null 2>&1
}

build_token_client() {
  token_client_built && return 0
  log=$(mktemp)
  # Where the headers of Node cannot be fetched, those of the system's own do: the interface is the same for all.
  npm rebuild pkcs11js --foreground-scripts >"$log" 2>&1 ||
    npm_config_nodedir=/usr npm rebuild pkcs11js --foreground-scripts >>"$log" 2>&1 ||
    { echo "pkcs11js could not be built: keys in hardware tokens cannot be used. $(tail -n 1 "$log")" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

missing() {
  packages=""
  has_browser || packages="$packages chromium"
  has_alertmanager || packages="$packages prometheus-alertmanager"
  command -v prometheus >/dev/null 2>&1 || packages="$packages prometheus"
  has_token || packages="$packages softhsm2"
  token_client_built || has_compiler || packages="$packages g++ make python3"
  printf '%s' "$packages"
}

packages=$(missing)
if [ -z "$packages" ]; then
  if ! token_client_built; then
    [ "$check" -eq 1 ] && { echo "Missing: the native part of pkcs11js. Try \`npm rebuild pkcs11js\`." >&2; exit 1; }
    build_token_client || exit 1
  fi
  [ "$quiet" -eq 1 ] || echo "Nothing to install: a browser, Alertmanager, Prometheus and SoftHSM are here."
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
fi
if [ "$check" -eq 0 ]; then
  if has_compiler; then
    build_token_client || exit 1
  fi
  packages=$(missing)
  [ -z "$packages" ] && exit 0
fi

for package in $packages; do
  case "$package" in
    chromium) echo "Missing: a Chromium. Try \`npx playwright install chromium\`, your system's package, or set CHROMIUM_PATH." >&2 ;;
    softhsm2) echo "Missing: SoftHSM. Debian: apt-get install softhsm2; macOS: brew install softhsm." >&2 ;;
    g++ | make | python3) echo "Missing: $package, to build the native part of pkcs11js." >&2 ;;
    prometheus) echo "Missing: Prometheus. Debian: apt-get install prometheus; macOS: brew install prometheus." >&2 ;;
    *) echo "Missing: Alertmanager. Debian: apt-get install prometheus-alertmanager; macOS: brew install alertmanager." >&2 ;;
  esac
done
exit 1
