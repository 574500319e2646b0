#!/usr/bin/env bash
# Packs Faithful for a machine without .NET and without a network; called by `./faithful bundle`. Everything it says goes to stderr.
#
#   --out FOLDER       where the archives, their launcher and README.txt go: a new or empty folder, or that of an earlier bundle
#   --training-only    leaves out ONNX Runtime, ASP.NET Core and the pretrained models: trains, but neither predicts, evaluates nor serves
#   --gpu              adds ONNX Runtime's CUDA provider in archives of its own (`./faithful setup --gpu` fetches it)
#   --level N          gzip's level, 1 (quick) to 9 (small, the default)
#   --built FOLDER     takes the programs of an artifacts folder (Release, with the stand-ins) instead of building them
#
# Equal sources and an equal .NET give equal archives, byte for byte. The programs are those over the stand-ins (src/Standins):
# only they can take the libtorch that the other machine has.
#
# Exit codes: 0 done, 1 something failed, 2 wrong usage, 3 something is missing on the machine.
set -euo pipefail
export LC_ALL=C

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
artifacts="$root/artifacts"
prepared="$artifacts/setup"
largest=60000000 # bytes of an archive; a larger one is cut into parts

say() { printf 'bundle: %s\n' "$*" >&2; }
missing() { say "$*"; exit 3; }
fail() { say "$*"; exit 1; }
wrong() {
  say "$*"
  say 'usage: faithful bundle --out FOLDER [--training-only | --gpu] [--level 1..9] [--built FOLDER]'
  exit 2
}

# ---- options ----

out='' training_only=false gpu=false level=9 built=''
while [ $# -gt 0 ]; do
  case "$1" in
    --training-only) training_only=true ;;
    --gpu) gpu=true ;;
    --out | --level | --built)
      [ $# -ge 2 ] || wrong "$1 needs a value"
      case "$1" in
        --out) out="$2" ;;
        --level) level="$2" ;;
        --built) built="$2" ;;
      esac
      shift ;;
    *) wrong "no such option: $1" ;;
  esac
  shift
done
[ -n "$out" ] || wrong "--out is missing"
[[ "$level" =~ ^[1-9]$ ]] || wrong "--level: expected 1 to 9, found $level"
! { "$training_only" && "$gpu"; } || wrong "--gpu adds to ONNX Runtime, and --training-only leaves it out"

# The folder must not hold anything that a bundle would overwrite or be mixed with.
sums="$out/archives.sha256"
if [ -e "$out" ] && [ ! -f "$sums" ] && [ -n "$(ls -A "$out" 2> /dev/null || echo file)" ]; then
  fail "--out $out: expected a new or empty folder, or that of an earlier bundle, found other files in it"
fi

# ---- what goes in ----

command -v dotnet > /dev/null || missing "the .NET SDK 10 is missing; install it from Microsoft's package dotnet-sdk-10.0"
dotnet_root="$(dirname "$(readlink -f "$(command -v dotnet)")")"
version="$(find "$dotnet_root/shared/Microsoft.NETCore.App" -mindepth 1 -maxdepth 1 -name '10.*' -printf '%f\n' 2> /dev/null | sort -V | tail -n 1)"
[ -n "$version" ] && [ -d "$dotnet_root/host/fxr/$version" ] || missing "the .NET 10 runtime is not where dotnet is ($dotnet_root)"
"$training_only" || [ -d "$dotnet_root/shared/Microsoft.AspNetCore.App/$version" ] \
  || missing "the ASP.NET Core runtime $version is not where dotnet is ($dotnet_root); --training-only does without"
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || missing "a bundle is made on Linux on x86-64, for Linux on x86-64"
spglib="${FAITHFUL_SPGLIB:-$(ldconfig -p 2> /dev/null | sed -n 's/.*libsymspg\.so\.[12] .* => //p' | head -n 1)}"
[ -f "$spglib" ] || missing "spglib is missing (Debian: libsymspg1); run ./faithful setup"
onnx_runtime="$prepared/npm/native"
[ -f "$onnx_runtime/libonnxruntime.so" ] && [ -f "$prepared/native/libfaithful_torch.so" ] \
  || missing "a bundle is made of the stand-ins, and this machine is set up with the published packages; run  FAITHFUL_PACKAGES=standin ./faithful setup  first"
! "$gpu" || [ -f "$onnx_runtime/libonnxruntime_providers_cuda.so" ] || missing "ONNX Runtime's CUDA provider is missing; run  ./faithful setup --gpu  first"

if [ -z "$built" ]; then
  built="$artifacts/bundle"
  mkdir -p "$built"
  say "building (a minute or two the first time) …"
  # Paths of this machine are mapped away, so that the place of the repository does not show in the archives.
  options=(-c Release -v q -nologo "-p:ArtifactsPath=$built" -p:FaithfulPackages=standin -p:DebugType=none "-p:PathMap=$root/=/faithful/"
    -p:RunAnalyzers=false -p:GenerateDocumentationFile=false)
  for project in src/Faithful.Cli tests/Faithful.Benchmarks; do
    dotnet build "$root/$project" "${options[@]}" > "$built/build.log" 2>&1 < /dev/null || {
      grep -E 'error' "$built/build.log" | sort -u | head -n 20 >&2 || tail -n 20 "$built/build.log" >&2
      fail "the build failed (artifacts/bundle/build.log)"
    }
  done
fi
program="$built/bin/Faithful.Cli/release"
benchmarks="$built/bin/Faithful.Benchmarks/release"
for file in "$program/faithful.dll" "$benchmarks/Faithful.Benchmarks.dll"; do
  [ -f "$file" ] || fail "expected a built program, found no $file"
done

# ---- archives ----

mkdir -p "$artifacts"
stage="$(mktemp -d "$artifacts/bundle.XXXXXX")"
trap 'rm -rf "$stage"' EXIT
mkdir "$stage/out"

# Packs $stage/<name> as faithful-<name>.tar.gz, in parts where it is too large. Everything that differs from run to run is left out.
pack() {
  local name="$1" archive="$stage/out/faithful-$1.tar.gz"
  say "packing $name …"
  tar -C "$stage/$name" --sort=name --format=gnu --mtime=@946684800 --owner=0 --group=0 --numeric-owner --mode='u+rwX,go+rX,go-w' -cf - . \
    | gzip -n "-$level" > "$archive"
  if [ "$(stat -c %s "$archive")" -gt "$largest" ]; then
    split -b "$largest" -a 2 --numeric-suffixes=1 "$archive" "$archive."
    rm "$archive"
  fi
  rm -rf "${stage:?}/$name"
}

# Takes ASP.NET Core from the frameworks that a program asks for before it starts; the command that needs it says that it is missing.
without_asp_net() {
  tr -d '\n' < "$1" | sed -E 's/,[[:space:]]*\{[[:space:]]*"name": "Microsoft\.AspNetCore\.App",[^}]*\}//' > "$1.new"
  ! grep -q AspNetCore "$1.new" || fail "expected ASP.NET Core after .NET among the frameworks of $1"
  mv "$1.new" "$1"
}

# 1. the .NET runtime
runtime="$stage/dotnet/dotnet"
mkdir -p "$runtime/host/fxr" "$runtime/shared/Microsoft.NETCore.App"
cp -L "$dotnet_root/dotnet" "$runtime/"
cp -rL "$dotnet_root/host/fxr/$version" "$runtime/host/fxr/"
cp -rL "$dotnet_root/shared/Microsoft.NETCore.App/$version" "$runtime/shared/Microsoft.NETCore.App/"
if ! "$training_only"; then
  mkdir -p "$runtime/shared/Microsoft.AspNetCore.App"
  cp -rL "$dotnet_root/shared/Microsoft.AspNetCore.App/$version" "$runtime/shared/Microsoft.AspNetCore.App/"
fi
for file in LICENSE.txt ThirdPartyNotices.txt; do [ ! -f "$dotnet_root/$file" ] || cp "$dotnet_root/$file" "$runtime/"; done
pack dotnet

# 2. the program. Without lists of dependencies (deps.json) the host takes every assembly of the folder, for both programs.
mkdir -p "$stage/program/app" "$stage/program/native" "$stage/program/datasets"
cp "$program"/*.dll "$program/faithful.runtimeconfig.json" "$stage/program/app/"
! "$training_only" || without_asp_net "$stage/program/app/faithful.runtimeconfig.json"
cp "$benchmarks"/Faithful.{Benchmarks,Testing}.dll "$benchmarks/Faithful.Benchmarks.runtimeconfig.json" "$stage/program/app/"
cp -L "$spglib" "$stage/program/app/libsymspg.so.1"
[ ! -f /usr/share/doc/libsymspg1/copyright ] || cp /usr/share/doc/libsymspg1/copyright "$stage/program/app/libsymspg.copyright"
cp "$root/src/Standins/TorchSharp/Native/faithful_torch.cpp" "$root/src/Standins/libtorch.sh" "$stage/program/native/"
cp -r "$root/datasets/sample" "$root/datasets/examples" "$stage/program/datasets/"
cp "$root/LICENSE" "$stage/program/"
pack program

# 3. ONNX Runtime, the pretrained models, and the CUDA provider
if ! "$training_only"; then
  mkdir -p "$stage/onnxruntime/app" "$stage/models"
  cp "$onnx_runtime/libonnxruntime.so" "$stage/onnxruntime/app/"
  pack onnxruntime
  cp -r "$root/onnx" "$stage/models/"
  pack models
fi
if "$gpu"; then
  mkdir -p "$stage/cuda/app"
  cp "$onnx_runtime"/libonnxruntime_providers_*.so "$stage/cuda/app/"
  pack cuda
fi

# ---- the folder ----

(cd "$stage/out" && sha256sum -- *) > "$stage/archives.sha256"
mkdir -p "$out"
if [ -f "$sums" ]; then
  while read -r _ name; do rm -f "$out/${name##*/}"; done < "$sums"
fi
mv "$stage/out"/* "$out/"
cp "$root/src/Bundle/README.txt" "$out/README.txt"
cp "$root/src/Bundle/launcher.sh" "$out/faithful"
chmod 755 "$out/faithful"
mv "$stage/archives.sha256" "$sums"
total=0
while read -r _ name; do
  size="$(stat -c %s "$out/$name")"
  total=$((total + size))
  say "$(printf '%-34s %6s MB' "$name" "$(awk "BEGIN { printf \"%.1f\", $size / 1e6 }")")"
done < "$sums"
say "$(awk "BEGIN { printf \"%.1f\", $total / 1e6 }") MB in $out; there:  bash faithful doctor"
