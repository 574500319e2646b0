#!/usr/bin/env bash
# Faithful's launcher on a machine without .NET: lies beside the archives of a bundle and runs every command of the program.
#
#   bash faithful <command> …               the first run unpacks the archives, and compiles the bridge to libtorch
#   bash faithful benchmark training        training speed of every network on this machine
#
# Environment:
#   FAITHFUL_HOME       where to unpack; beside this script if unset, in a folder for temporary files where that cannot be written
#   FAITHFUL_LIBTORCH   which libtorch: `debian`, or the folder of a Python torch package; that of `python3` if unset
#   FAITHFUL_BRIDGES    where compiled bridges are kept; in the unpacked folder if unset
#
# Exit codes: those of the program, and 3 where something is missing on the machine.
set -euo pipefail

here="$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
sums="$here/archives.sha256"

say() { printf 'faithful: %s\n' "$*" >&2; }
missing() { say "$*"; exit 3; }
fail() { say "$*"; exit 1; }

# ---- unpacking ----

# Sets $home to the unpacked folder; its name holds the digest of the archives, so that another bundle gets another one.
unpack() {
  local folder="${FAITHFUL_HOME:-}" name new
  [ -f "$sums" ] || missing "archives.sha256 is missing beside this script: copy the whole folder of the bundle"
  if [ -z "$folder" ]; then
    folder="$here"
    if [ ! -w "$here" ] && [ ! -d "$here/$(unpacked_name)" ]; then
      folder="${TMPDIR:-/tmp}/faithful-$(id -u)"
      mkdir -p -m 700 "$folder"
      [ -O "$folder" ] || fail "$folder belongs to someone else: set FAITHFUL_HOME"
    fi
  fi
  mkdir -p "$folder" || fail "cannot make $folder: set FAITHFUL_HOME"
  home="$(cd "$folder" && pwd)/$(unpacked_name)"
  [ ! -d "$home" ] || return 0
  say "unpacking into $home …"
  while read -r _ name; do
    [ -f "$here/$name" ] || missing "the archive $name is missing beside this script: copy the whole folder of the bundle"
  done < "$sums"
  (cd "$here" && sha256sum --check --quiet archives.sha256 >&2) || fail "an archive differs from archives.sha256: copy it again"
  new="$home.new.$$"
  rm -rf "$new" && mkdir "$new"
  # An archive may lie in parts, faithful-x.tar.gz.01 and so on: the pattern puts them in order.
  sed -e 's/^[^ ]* *//' -e 's/\.tar\.gz.*/.tar.gz/' "$sums" | uniq | while read -r name; do
    cat "$here/$name"* | tar -xz --no-same-owner -C "$new" || { rm -rf "$new"; fail "$name cannot be unpacked"; }
  done
  # Another first run may have been quicker; then its folder, which is the same, stays.
  mv -T "$new" "$home" 2> /dev/null || { rm -rf "$new"; [ -d "$home" ] || fail "cannot make $home"; }
}

unpacked_name() { printf 'unpacked-%s' "$(sha256sum < "$sums" | cut -c 1-12)"; }

# ---- the bridge to libtorch ----

# Sets $libtorch and $bridge, the folder of a bridge compiled against it; compiles where there is none.
prepare_bridge() {
  local source="$home/native/faithful_torch.cpp" chosen=true
  libtorch="${FAITHFUL_LIBTORCH:-}"
  if [ -z "$libtorch" ]; then
    chosen=false
    libtorch="$(python_torch)"
    [ -n "$libtorch" ] || ! have_debian_torch || libtorch=debian
  fi
  if [ -z "$libtorch" ]; then
    command -v python3 > /dev/null || missing "python3 is missing, and with it PyTorch 2: load or install it, or name the folder of a torch package in FAITHFUL_LIBTORCH"
    missing "PyTorch 2 is missing: $(command -v python3) finds no package torch with libraries and headers; activate the environment that has it, or name its folder in FAITHFUL_LIBTORCH"
  fi
  [ "$libtorch" = debian ] || [ -f "$libtorch/lib/libtorch_cpu.so" ] || missing "FAITHFUL_LIBTORCH: expected \`debian\` or the folder of a torch package, found $libtorch"
  if find_bridge "$source" || compile "$source"; then return; fi
  if ! "$chosen" && [ "$libtorch" != debian ] && have_debian_torch; then
    say "it does not compile against PyTorch: taking Debian's libtorch"
    libtorch=debian
    if find_bridge "$source" || compile "$source"; then return; fi
  fi
  fail "the bridge does not compile against this libtorch ($bridges/compile.log)"
}

# Looks for a bridge that was compiled from this source against this libtorch.
find_bridge() {
  local key file
  key="$(bridge_key "$1" "$libtorch")"
  for file in "$bridges"/*/key; do
    if [ "$(cat "$file" 2> /dev/null)" = "$key" ]; then
      bridge="$(dirname "$file")"
      return 0
    fi
  done
  return 1
}

compile() {
  local version key
  command -v g++ > /dev/null || missing "g++ is missing: it compiles the bridge to libtorch, once"
  version="$(libtorch_version "$libtorch")"
  key="$(bridge_key "$1" "$libtorch" | sha256sum | cut -c 1-8)"
  mkdir -p "$bridges" || fail "cannot make $bridges: set FAITHFUL_BRIDGES"
  say "compiling the bridge to libtorch ${version:-?} ($libtorch), once, about a minute …"
  bridge="$bridges/torch-${version:-unknown}-$key"
  compile_bridge "$1" "$libtorch" "$bridge" "$bridges/compile.log" || find_bridge "$1"
}

# ---- running ----

unpack
# shellcheck source=../Standins/libtorch.sh
source "$home/native/libtorch.sh"
bridges="${FAITHFUL_BRIDGES:-$home/libtorch}" bridge='' libtorch=''

program=faithful
needs_bridge=true
case "${1:-}" in
  '' | -* | predict | serve | evaluate | symmetry | dataset) needs_bridge=false ;;
  doctor)
    # Says what is missing, so it must run without it.
    (prepare_bridge) || needs_bridge=false ;;
  benchmark)
    case "${2:-}" in
      training) ;;
      throughput) needs_bridge=false ;;
      *) say "a bundle has these benchmarks alone: benchmark training, benchmark throughput"; exit 2 ;;
    esac
    shift
    program=Faithful.Benchmarks ;;
  setup | test | bundle)
    say "'$1' works in the repository, not in a bundle; README.txt says what a bundle needs"
    exit 2 ;;
esac
for argument in "$@"; do
  case "$argument" in -h | -\? | --help) needs_bridge=false ;; esac
done
! "$needs_bridge" || prepare_bridge

libraries="$bridge"
if [ -f "$home/app/libonnxruntime_providers_cuda.so" ]; then
  # ONNX Runtime's CUDA provider takes the CUDA libraries of Python's packages, else those of the toolkit.
  [ -n "$libtorch" ] || libtorch="$(python_torch)"
  for folder in "${libtorch%/*}"/nvidia/*/lib "${CUDA_HOME:-/usr/local/cuda}/lib64"; do
    [ ! -d "$folder" ] || libraries="$libraries:$folder"
  done
fi
libraries="${libraries#:}"
[ -z "$libraries" ] || export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export DOTNET_ROOT="$home/dotnet" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 ORT_DISABLE_TELEMETRY=1
export FAITHFUL_ROOT="${FAITHFUL_ROOT:-$home}" FAITHFUL_SPGLIB="${FAITHFUL_SPGLIB:-$home/app/libsymspg.so.1}"
# Large blocks that libtorch frees and takes at every operation stay with the process; the system would zero them anew each time.
export MALLOC_MMAP_MAX_="${MALLOC_MMAP_MAX_:-0}" MALLOC_TRIM_THRESHOLD_="${MALLOC_TRIM_THRESHOLD_:-1073741824}" MALLOC_TOP_PAD_="${MALLOC_TOP_PAD_:-67108864}"
exec "$home/dotnet/dotnet" "$home/app/$program.dll" "$@"
