#!/bin/sh
# Writes run.lock, build.lock and test.lock: exact versions with hashes for every supported Python.
# Usage: requirements/lock.sh PYTHON [--upgrade], PYTHON having `uv`. Settings of package indexes stay out of the files.
set -eu
cd "$(dirname "$0")/.."
python=$1
shift

lock() { # lock FILE SOURCE... : keeps versions already in FILE unless --upgrade was given
  target=$1
  shift
  "$python" -m uv pip compile "$@" --quiet --universal --python-version 3.11 --generate-hashes \
    --no-annotate --no-header --no-emit-index-url --no-emit-find-links --output-file "$target" >/dev/null
  { echo "# Written by \`make lock\`. Do not edit by hand."; cat "$target"; } >"$target.new"
  mv "$target.new" "$target"
}

lock requirements/run.lock pyproject.toml "$@"
lock requirements/build.lock requirements/build.in --constraints requirements/run.lock "$@"
lock requirements/test.lock pyproject.toml --extra test --constraints requirements/run.lock \
  --constraints requirements/build.lock "$@"
