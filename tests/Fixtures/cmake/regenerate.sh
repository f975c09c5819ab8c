#!/usr/bin/env bash
# Makes solution/ of source/ by CMake for Windows. The folder in which it happened is written as @ROOT@, without its first slash or backslash:
# who puts "source" and "solution" side by side into /some/where replaces /@ROOT@ by /some/where and \@ROOT@ by \some\where in every file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# Names of projects' identifiers and of rule files are digests of paths, so the place is always the same.
readonly place=/tmp/distbuild-cmake-fixture
trap 'rm -rf "$place"' EXIT
rm -rf "$place" solution
mkdir -p "$place"
cp -r source visual-studio "$place"
"$place/visual-studio/generate.sh" "$place/source" "$place/solution"
(
  cd "$place/solution"
  find . -type f \( -name '*.sln' -o -name '*.vcxproj' -o -name '*.rule' -o -name 'cmake_pch*' -o -path '*/Unity/*' -o -name 'generate.stamp' \) -print0 | tar c --null -T -
) | { mkdir solution && tar x -C solution; }
find solution -type f -exec sed -i 's|\([\\/]\)tmp[\\/]distbuild-cmake-fixture|\1@ROOT@|g' {} +
if grep -rlIE 'distbuild-cmake-fixture|Z:|/root|wine' solution; then
  echo "regenerate.sh: these files still name this machine's folders" >&2
  exit 1
fi
