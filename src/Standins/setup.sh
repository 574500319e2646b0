#!/usr/bin/env bash
# Prepares this machine for Faithful; called by `./faithful setup [--gpu | --no-gpu]`. Everything it says goes to stderr.
#
#   1. learns whether the package feed has the published machine-learning packages and whether they run here;
#   2. installs the system packages that are missing (spglib always; libtorch and a compiler for the stand-ins only);
#   3. for the stand-ins: fetches ONNX Runtime, and compiles the small bridge to libtorch;
#   4. fetches the 3D viewer of the service's page and the charts of reports from npm, where there is npm: without them pages show everything else;
#   5. writes artifacts/packages.props, which the build reads.
#
# Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 something is missing on the machine (said in one line, with what to install).
# Environment: FAITHFUL_PACKAGES=published|standin skips step 1; FAITHFUL_LIBTORCH=debian|<folder of a Python torch package> picks the libtorch.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
standins="$root/src/Standins"
prepared="$root/artifacts/setup"
npm_folder="$standins/OnnxRuntime/npm"
viewer_folder="$root/src/Faithful.Service/npm"
charts_folder="$root/src/Faithful.Cli/Reports/npm"
web_folder="$root/tests/Faithful.Onnx.Tests/Runtimes/npm"
bridge_source="$standins/TorchSharp/Native/faithful_torch.cpp"

# shellcheck source=libtorch.sh
source "$standins/libtorch.sh"

say() { printf 'setup: %s\n' "$*" >&2; }
missing() { printf 'setup: %s\n' "$*" >&2; exit 3; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# ---- options ----

gpu=keep
for option in "$@"; do
  case "$option" in
    --gpu) gpu=true ;;
    --no-gpu) gpu=false ;;
    *) printf 'usage: faithful setup [--gpu | --no-gpu]\n' >&2; exit 2 ;;
  esac
done

mkdir -p "$prepared"
if command -v flock > /dev/null; then
  exec 9> "$root/artifacts/setup.lock"
  flock -n 9 || { say "another setup is running; waiting for it"; flock 9; }
fi
[ "$gpu" != keep ] || gpu="$(cat "$prepared/gpu" 2> /dev/null || echo false)"

# ---- which libtorch: the one of a Python PyTorch where there is one, else Debian's ----

libtorch="${FAITHFUL_LIBTORCH:-}"
chosen_by_user=true
if [ -z "$libtorch" ]; then
  chosen_by_user=false
  libtorch="$(python_torch)"
  [ -n "$libtorch" ] || libtorch=debian
fi

# ---- nothing to do? ----

stamp() {
  {
    sha256sum "$standins/setup.sh" "$standins/libtorch.sh" "$bridge_source" "$npm_folder/package-lock.json" "$viewer_folder/package-lock.json" "$charts_folder/package-lock.json" "$web_folder/package-lock.json" "$standins/Probe/"*.* "$root/Directory.Packages.props" | cut -d ' ' -f 1
    printf '%s\n' "$gpu" "${FAITHFUL_PACKAGES:-probe}" "$libtorch"
    [ "$libtorch" = debian ] || cat "$libtorch/version.py" 2> /dev/null || true
  } | sha256sum | cut -d ' ' -f 1
}
current_stamp="$(stamp)"
if [ -f "$root/artifacts/packages.props" ] && [ "$(cat "$prepared/stamp" 2> /dev/null)" = "$current_stamp" ] \
  && { [ -f "$prepared/viewer/key" ] && [ -f "$prepared/charts/key" ] || ! command -v npm > /dev/null; }; then
  say "already done ($(sed -n 's/.*<FaithfulPackages .*>\(.*\)<.*/\1/p' "$root/artifacts/packages.props") packages); remove artifacts/setup to begin anew"
  exit 0
fi
started=$SECONDS

# ---- 1. the package feed ----

command -v dotnet > /dev/null || missing "the .NET SDK 10 is missing; install it from Microsoft's package dotnet-sdk-10.0"
sdk="$(dotnet --version 2> /dev/null)" || sdk=""
case "$sdk" in
  1[0-9].*) say "[1/5] .NET SDK $sdk" ;;
  *) missing "the .NET SDK 10 is missing (found: ${sdk:-none}); install it from Microsoft's package dotnet-sdk-10.0" ;;
esac

# Restores, builds and runs the probe with the published packages. The first restore asks only for the package that is
# missing most often, so that a feed without it answers in seconds and nothing large is downloaded in vain.
probe() {
  local log="$prepared/probe.log" project="$standins/Probe/Probe.csproj"
  local options=(-v q -nologo "-p:ArtifactsPath=$prepared/probe" "-p:FaithfulGpu=$gpu")
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 ORT_DISABLE_TELEMETRY=1
  # Build servers outlive the probe, so they must not get the lock (9).
  timeout 120 dotnet restore "$project" "${options[@]}" -p:NeedsPackages=OnnxRuntime > "$log" 2>&1 9>&- || return 1
  timeout 1800 dotnet restore "$project" "${options[@]}" --force >> "$log" 2>&1 9>&- || return 1
  timeout 300 dotnet build "$project" "${options[@]}" --no-restore >> "$log" 2>&1 9>&- || return 1
  timeout 60 dotnet "$prepared/probe/bin/Probe/debug/Probe.dll" >> "$log" 2>&1 9>&- || return 2
}

packages="${FAITHFUL_PACKAGES:-}"
case "$packages" in
  published | standin) say "[2/5] machine-learning packages: $packages, as FAITHFUL_PACKAGES says" ;;
  "")
    say "[2/5] asking the package feed for the published TorchSharp and OnnxRuntime …"
    outcome=0
    probe || outcome=$?
    case "$outcome" in
      0) packages=published; say "      they are there and run: using them" ;;
      2) packages=standin; say "      they are there but do not run on this system (artifacts/setup/probe.log): using the stand-ins" ;;
      *)
        if grep -qE 'NU1301|NU1300' "$prepared/probe.log"; then
          fail "the package feed does not answer: $(grep -m 1 -oE 'NU130[01].*' "$prepared/probe.log")"
        fi
        packages=standin; say "      it does not have them: using the stand-ins" ;;
    esac
    rm -rf "$prepared/probe" ;;
  *) printf 'FAITHFUL_PACKAGES must be published or standin, not %s\n' "$packages" >&2; exit 2 ;;
esac

# ---- 2. system packages ----

have_library() { ldconfig -p 2> /dev/null | grep -q "$1" || compgen -G "/usr/lib/*/$1*" > /dev/null || compgen -G "/usr/local/lib/$1*" > /dev/null; }
have_package() { dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2> /dev/null | grep -q '^ii'; }

wanted=()
have_library libsymspg.so.1 || wanted+=(libsymspg1)
if [ "$packages" = standin ]; then
  command -v g++ > /dev/null || wanted+=(g++)
  command -v npm > /dev/null || wanted+=(npm)
  if [ "$libtorch" = debian ]; then
    have_debian_torch || wanted+=(libtorch-dev)
    have_package libopenblas0-pthread || ! command -v dpkg-query > /dev/null || wanted+=(libopenblas0-pthread)
  fi
fi

install_system_packages() {
  local names="$*" as_root=()
  command -v apt-get > /dev/null || missing "missing on this system: $names (Debian's names); install them with its package manager, then run ./faithful setup again"
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null || ! sudo -n true 2> /dev/null; then
      missing "missing: run  sudo apt-get install -y $names  and then ./faithful setup again"
    fi
    as_root=(sudo -n)
  fi
  local log="$prepared/apt.log" try
  : > "$log"
  for try in 1 2 3; do
    if [ "$try" -gt 1 ] || ! compgen -G '/var/lib/apt/lists/*_Packages*' > /dev/null; then
      say "      reading the package lists …"
      "${as_root[@]}" apt-get update >> "$log" 2>&1 || true
    fi
    say "      installing $names …"
    # shellcheck disable=SC2086 # a list of names
    if "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $names >> "$log" 2>&1; then return 0; fi
    sleep $((try * 2))
  done
  tail -n 5 "$log" >&2
  missing "apt-get could not install them; run  sudo apt-get update && sudo apt-get install -y $names  and then ./faithful setup again"
}

if [ ${#wanted[@]} -gt 0 ]; then
  say "[3/5] system packages missing: ${wanted[*]}"
  install_system_packages "${wanted[@]}"
else
  say "[3/5] system packages: all there"
fi

# ---- 3. what the stand-ins are made of ----

# Fetches the packages that a folder's package-lock.json names into another; npm checks every download against the hash there.
fetch_packages() {
  local from="$1" to="$2" what="$3" try
  shift 3
  for try in 1 2 3; do
    say "      fetching $what (try $try) …"
    rm -rf "$to" && mkdir -p "$to" && cp "$from/package.json" "$from/package-lock.json" "$to/"
    if (cd "$to" && timeout 900 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@" > "$prepared/npm.log" 2>&1); then return 0; fi
    sleep $((try * 2))
  done
  tail -n 5 "$prepared/npm.log" >&2
  return 1
}

fetch_onnx_runtime() {
  local key fresh="$prepared/npm.new" options=()
  key="$(sha256sum "$npm_folder/package-lock.json" | cut -d ' ' -f 1) gpu=$gpu"
  if [ "$(cat "$prepared/npm/key" 2> /dev/null)" = "$key" ]; then say "      ONNX Runtime: already there"; return; fi
  [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || missing "the stand-in of OnnxRuntime needs Linux on x86-64; use a package feed that has Microsoft.ML.OnnxRuntime.Gpu"
  [ "$gpu" = true ] || options+=(--omit=optional)
  fetch_packages "$npm_folder" "$fresh" "ONNX Runtime" "${options[@]}" || fail "npm could not fetch ONNX Runtime (artifacts/setup/npm.log)"
  # Keep the managed sources and the libraries of this platform.
  local modules="$fresh/node_modules" kept="$fresh/kept" library
  mkdir -p "$kept/native"
  mv "$modules/com.github.asus4.onnxruntime/Runtime" "$kept/managed"
  rm -rf "$kept/managed/Training"
  mv "$modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1" "$kept/native/libonnxruntime.so"
  if [ "$gpu" = true ]; then
    for library in cuda shared; do
      mv "$modules/com.github.asus4.onnxruntime.linux-x64-gpu/Plugins/Linux/x64/libonnxruntime_providers_$library.so" "$kept/native/"
    done
  fi
  printf '%s\n' "$key" > "$kept/key"
  rm -rf "$prepared/npm"
  mv "$kept" "$prepared/npm"
  rm -rf "$fresh"
}

# The bridge to libtorch: one C++ file.
prepare_bridge() {
  local version
  version="$(libtorch_version "$libtorch")"
  if [ "$(cat "$prepared/native/key" 2> /dev/null)" = "$(bridge_key "$bridge_source" "$libtorch")" ]; then
    say "      bridge to libtorch $version: already compiled"
    return
  fi
  say "      compiling the bridge to libtorch ${version:-?} ($libtorch), less than a minute …"
  compile_bridge "$bridge_source" "$libtorch" "$prepared/native" "$prepared/compile.log"
}

if [ "$packages" = standin ]; then
  say "[4/5] stand-ins"
  fetch_onnx_runtime
  if ! prepare_bridge; then
    if "$chosen_by_user" || [ "$libtorch" = debian ]; then fail "the bridge does not compile against this libtorch (artifacts/setup/compile.log)"; fi
    say "      it does not compile against Python's libtorch: taking Debian's"
    libtorch=debian
    have_debian_torch || install_system_packages libtorch-dev libopenblas0-pthread
    prepare_bridge || fail "the bridge does not compile against Debian's libtorch (artifacts/setup/compile.log)"
  fi
else
  say "[4/5] stand-ins: not needed"
fi

# ---- 4. the 3D viewer of the service's page, and the charts of reports ----

# One script, with the licences of all that is in it.
fetch_viewer() {
  local key fresh="$prepared/viewer.new" kept name
  key="$(sha256sum "$viewer_folder/package-lock.json" | cut -d ' ' -f 1)"
  if [ "$(cat "$prepared/viewer/key" 2> /dev/null)" = "$key" ]; then say "      viewer: already there"; return; fi
  if ! command -v npm > /dev/null; then say "      npm is missing: the page of 'faithful serve' will show no crystals in 3D"; return; fi
  if ! fetch_packages "$viewer_folder" "$fresh" "3Dmol.js"; then say "      npm could not fetch it: the page of 'faithful serve' will show no crystals in 3D"; return; fi
  kept="$fresh/kept"
  mkdir -p "$kept"
  mv "$fresh/node_modules/3dmol/build/3Dmol-min.js" "$kept/3Dmol.js"
  for name in 3dmol iobuffer netcdfjs pako; do
    printf '%s\n\n' "---- $name ----"
    cat "$fresh/node_modules/$name/LICENSE"
    printf '\n'
  done > "$kept/3Dmol.LICENSE.txt"
  printf '%s\n' "$key" > "$kept/key"
  rm -rf "$prepared/viewer"
  mv "$kept" "$prepared/viewer"
  rm -rf "$fresh"
}

# Three scripts, with the licences of all that is in them; a text that several packages share is there once.
fetch_charts() {
  local key fresh="$prepared/charts.new" kept name
  key="$(sha256sum "$charts_folder/package-lock.json" | cut -d ' ' -f 1)"
  if [ "$(cat "$prepared/charts/key" 2> /dev/null)" = "$key" ]; then say "      charts: already there"; return; fi
  if ! command -v npm > /dev/null; then say "      npm is missing: reports will show no charts"; return; fi
  if ! fetch_packages "$charts_folder" "$fresh" "Vega-Lite"; then say "      npm could not fetch it: reports will show no charts"; return; fi
  kept="$fresh/kept"
  mkdir -p "$kept"
  for name in vega vega-lite vega-embed; do
    sed '/^\/\/# sourceMappingURL=/d' "$fresh/node_modules/$name/build/$name.min.js" > "$kept/$name.js"
  done
  (
    cd "$fresh/node_modules"
    licences=(d3-*/LICENSE delaunator/LICENSE fast-json-patch/LICENSE.txt internmap/LICENSE json-stringify-pretty-compact/LICENSE robust-predicates/LICENSE
      semver/LICENSE topojson-client/LICENSE tslib/LICENSE.txt vega*/LICENSE)
    sha256sum "${licences[@]}" | cut -d ' ' -f 1 | sort -u | while read -r text; do
      names="$(sha256sum "${licences[@]}" | sed -n "s|^$text  \(.*\)/.*|\1|p")"
      printf '%s\n\n' "---- $(printf '%s' "$names" | tr '\n' ' ') ----"
      cat "$(sha256sum "${licences[@]}" | sed -n "s|^$text  ||p" | head -n 1)"
      printf '\n'
    done
  ) > "$kept/LICENSES.txt"
  printf '%s\n' "$key" > "$kept/key"
  rm -rf "$prepared/charts"
  mv "$kept" "$prepared/charts"
  rm -rf "$fresh"
}

say "[5/5] viewer of the page, charts of reports"
fetch_viewer
fetch_charts

# ---- for the tests only: ONNX Runtime for browsers and Node; whoever lacks it skips these tests ----

fetch_web_runtime() {
  local key fresh="$prepared/web.new" file
  key="$(sha256sum "$web_folder/package-lock.json" | cut -d ' ' -f 1)"
  [ "$(cat "$prepared/web/key" 2> /dev/null)" != "$key" ] || return 0
  command -v npm > /dev/null || return 1
  say "      fetching onnxruntime-web for the tests …"
  rm -rf "$fresh" && mkdir -p "$fresh/kept" && cp "$web_folder/package.json" "$web_folder/package-lock.json" "$fresh/"
  (cd "$fresh" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > "$prepared/npm-web.log" 2>&1) || return 1
  for file in ort.wasm.min.mjs ort-wasm-simd-threaded.mjs ort-wasm-simd-threaded.wasm; do
    mv "$fresh/node_modules/onnxruntime-web/dist/$file" "$fresh/kept/" || return 1
  done
  printf '%s\n' "$key" > "$fresh/kept/key"
  rm -rf "$prepared/web"
  mv "$fresh/kept" "$prepared/web"
  rm -rf "$fresh"
}
fetch_web_runtime || say "      no onnxruntime-web (npm is missing or did not answer): the tests in other runtimes will be skipped"

# ---- 5. the choice, for the build ----

cat > "$root/artifacts/packages.props.new" << PROPS
<Project>
  <!-- Written by ./faithful setup. -->
  <PropertyGroup>
    <FaithfulPackages Condition="'\$(FaithfulPackages)' == ''">$packages</FaithfulPackages>
    <FaithfulGpu Condition="'\$(FaithfulGpu)' == ''">$gpu</FaithfulGpu>
  </PropertyGroup>
</Project>
PROPS
printf '%s\n' "$gpu" > "$prepared/gpu"
printf '%s\n' "$current_stamp" > "$prepared/stamp"
mv "$root/artifacts/packages.props.new" "$root/artifacts/packages.props"
say "done in $((SECONDS - started)) s"
