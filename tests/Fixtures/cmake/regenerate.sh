#!/usr/bin/env bash
# Makes solution/ of source/, and referring/ of source/twins with the package's DistBuild.cmake, by CMake for Windows.
# The folder in which it happened is written as @ROOT@, without its first slash or backslash: who puts these folders side by side into /some/where
# replaces /@ROOT@ by /some/where and \@ROOT@ by \some\where in every file. @VERSION@ is the package's version.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# Names of projects' identifiers and of rule files are digests of paths, so the place is always the same.
readonly place=/tmp/distbuild-cmake-fixture
trap 'rm -rf "$place"' EXIT
rm -rf "$place" solution referring
mkdir -p "$place"
cp -r source visual-studio ../../../nuget/DistBuild/cmake/DistBuild.cmake "$place"
"$place/visual-studio/generate.sh" "$place/source" "$place/solution"
"$place/visual-studio/generate.sh" "$place/source/twins" "$place/referring" -DCMAKE_CONFIGURATION_TYPES=Release -DCMAKE_SUPPRESS_REGENERATION=ON \
  -DCMAKE_PROJECT_INCLUDE="$place/DistBuild.cmake"
for generated in solution referring; do
  mkdir $generated
  # What a build reads.
  (cd "$place/$generated" && find . -type f \( -name '*.sln' -o -name '*.vcxproj' -o -name '*.rule' -o -name 'cmake_pch*' -o -path '*/Unity/*' -o -name generate.stamp \) -print0 |
    tar c --null -T -) | tar x -C $generated
  find $generated -type f -exec sed -i 's|\([\\/]\)tmp[\\/]distbuild-cmake-fixture|\1@ROOT@|g' {} +
done
if grep -rlIE 'distbuild-cmake-fixture|Z:|/root|wine' solution referring; then
  echo 'regenerate.sh: these files still name folders of this machine' >&2
  exit 1
fi
