# Which libtorch a machine has, and how the bridge to it is compiled. Read by set-up and by the launcher of a bundle (`source`);
# a libtorch is `debian` (headers under /usr/include), or the folder of a Python torch package.

debian_headers=/usr/include/torch/csrc/api/include

# Prints the folder of Python's torch package, if it holds what a compiler needs. Looks without importing, which takes seconds.
python_torch() {
  local folder
  folder="$(python3 -c 'import importlib.util as u, os; s = u.find_spec("torch"); print(os.path.dirname(s.origin) if s else "")' 2> /dev/null || true)"
  if [ -n "$folder" ] && [ -f "$folder/lib/libtorch_cpu.so" ] && [ -f "$folder/include/ATen/ops/from_blob.h" ]; then printf '%s' "$folder"; fi
}

# Whether Debian's libtorch can be compiled against.
have_debian_torch() { [ -f /usr/include/torch/csrc/autograd/autograd.h ]; }

# Prints the version of a libtorch, for example 2.11.0+cu130; nothing where it does not say.
libtorch_version() {
  if [ "$1" = debian ]; then
    sed -n 's/^#define TORCH_VERSION_M[A-Z]* \([0-9]*\)$/\1/p' "$debian_headers/torch/version.h" 2> /dev/null | paste -sd .
  else
    sed -n "s/^__version__ = '\(.*\)'/\1/p" "$1/version.py" 2> /dev/null || true
  fi
}

# Prints what a compiled bridge was made of: its source and a libtorch.
bridge_key() {
  local source="$1" libtorch="$2"
  printf '%s %s %s\n' "$(sha256sum "$source" | cut -d ' ' -f 1)" "$libtorch" "$(libtorch_version "$libtorch")"
}

# Compiles the bridge to a libtorch into a folder, with its key beside it; a folder that is there is replaced when all is done.
# Leaves the compiler's words in a log, and its first errors on standard error.
compile_bridge() {
  local source="$1" libtorch="$2" folder="$3" log="$4"
  local flags=() libraries=(-ltorch -ltorch_cpu -lc10) standards=(c++17) standard new="$3.new.$$"
  if [ "$libtorch" = debian ]; then
    flags=(-isystem "$debian_headers")
  else
    # 2.x headers want C++17 at first and C++20 lately; C++20 compiles both, where the compiler knows it.
    standards=(c++20 c++17)
    flags=(-isystem "$libtorch/include" -isystem "$libtorch/include/torch/csrc/api/include" "-L$libtorch/lib" "-Wl,-rpath,$libtorch/lib")
    # The C++ library's two string types: take the one that this libtorch was built with.
    if grep -q _ZN3c1014DeviceTypeNameB5cxx11 "$libtorch/lib/libc10.so"; then flags+=(-D_GLIBCXX_USE_CXX11_ABI=1); else flags+=(-D_GLIBCXX_USE_CXX11_ABI=0); fi
    [ ! -f "$libtorch/lib/libtorch_cuda.so" ] || libraries+=(-ltorch_cuda -lc10_cuda)
  fi
  rm -rf "$new" && mkdir -p "$new" || return 1
  for standard in "${standards[@]}"; do
    if g++ "-std=$standard" "${flags[@]}" -O2 -w -fPIC -shared -fvisibility=hidden "$source" -o "$new/libfaithful_torch.so" \
      -Wl,--no-as-needed "${libraries[@]}" > "$log" 2>&1; then
      bridge_key "$source" "$libtorch" > "$new/key"
      rm -rf "$folder"
      mv "$new" "$folder"
      return
    fi
  done
  rm -rf "$new"
  grep -m 3 -E 'error|cannot' "$log" >&2 || true
  return 1
}
