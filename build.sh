#!/usr/bin/env bash
# Builds, tests and shows DistBuild on Linux; build.cmd is the Windows face of the same commands.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly configuration=Release
readonly artifacts=$PWD/artifacts
readonly released='linux-x64;linux-arm64;win-x64;win-arm64'
readonly googletest=/usr/src/googletest/googletest/src/gtest.cc

# A fresh container may have no HOME, and dotnet needs one.
if [[ -z ${HOME:-} ]]; then
  HOME=$(mktemp -d)
  export HOME
fi
# Nothing that this script starts may stay behind, and a first run needs no greeting.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
# The shell's own settings of the product must not reach what is tested or shown.
unset "${!DistBuild@}"

usage() {
  cat <<'USAGE'
Usage: ./build.sh COMMAND
  pack   [--release] build both packages into artifacts/packages and lay out artifacts/vc; the tool is precompiled for this system, with --release for
         every system that agents run on
  test   pack, then run every test; the last line is "N passed, N failed"
  test-mono
         run the unit tests of Core and Tasks on mono, over the assemblies that Visual Studio's own MSBuild loads
  test-wine
         publish the tool for Windows and try it under wine: store, commands, agents, service; not among the tests of test
  demo   pack, then build a sample solution with two agents and two developers
  fuzz   [--minutes N] [--seed N] feed damaged bytes to every parser of the network and the store, 10 minutes unless told
  soak   [--units N] [--seed N] pack, then 8 clients build 20,000 units over 4 agents that keep failing; as root
  bench  [NAME…] pack, then measure against ccache, sccache and the plain compiler; bench --help lists names and options;
         bench simulate runs a thousand agents and three hundred clients over a virtual clock
  help   show this
USAGE
}

fail() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

# need THING:PACKAGE…  THING is a program, or a file when it starts with a slash. Installs what is missing, or says what to install.
need() {
  local wanted thing
  local -a packages=()
  command -v dotnet >/dev/null || fail "the .NET SDK is missing; install the .NET 10 SDK (dotnet-sdk-10.0) and put dotnet on the PATH"
  for wanted in "$@"; do
    thing=${wanted%%:*}
    if [[ $thing == /* ]]; then [[ -e $thing ]] && continue; else command -v "$thing" >/dev/null && continue; fi
    packages+=("${wanted#*:}")
  done
  ((${#packages[@]} == 0)) && return
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    fail "missing here: ${packages[*]} (names of Debian packages). As root on Debian: apt-get install ${packages[*]}"
  fi
  printf 'Installing %s\n' "${packages[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

# pack [OPTION…]: options of dotnet pack for the tool.
pack() {
  rm -rf "$artifacts/packages" "$artifacts/vc" src/Agent/bin/$configuration/net10.0/vc
  local project
  for project in nuget/DistBuild src/Agent; do
    dotnet pack $project --configuration $configuration --disable-build-servers --nologo --verbosity quiet "$@"
  done
  mkdir -p "$artifacts"
  cp -r src/Agent/bin/$configuration/net10.0/vc "$artifacts/vc"
  printf 'Packed %s\n' "$artifacts"/packages/*.nupkg
}

# counter NAME FILE: an attribute of the Counters element of a trx file.
counter() {
  sed -n "s/.*<Counters .*$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -1
}

run_tests() {
  local project name trx passed=0 failed=0 skipped=0
  rm -rf "$artifacts/test-results"
  dotnet build DistBuild.sln --configuration $configuration --disable-build-servers --nologo --verbosity quiet
  for project in tests/*.Tests/*.csproj tests/Fuzz/*.csproj; do
    name=$(basename "$project" .csproj)
    trx=$artifacts/test-results/$name.trx
    # One project after the other: end-to-end tests measure nothing but use all cores. A job in the background of a script ignores Ctrl+C with all it starts, which tests of Ctrl+C must not.
    env --default-signal=INT dotnet test "$project" --configuration $configuration --no-build --nologo --logger "trx;LogFileName=$trx" \
      --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$artifacts/test-results" || true
    if [[ ! -s $trx ]]; then
      printf '%s left no results\n' "$name" >&2
      failed=$((failed + 1))
      continue
    fi
    passed=$((passed + $(counter passed "$trx")))
    skipped=$((skipped + $(counter total "$trx") - $(counter executed "$trx")))
    failed=$((failed + $(counter executed "$trx") - $(counter passed "$trx")))
    # A run that ended before its last test (a crash, a hang) has no failed test to show for it.
    grep -q '<ResultSummary outcome="Completed"' "$trx" || (($(counter executed "$trx") > $(counter passed "$trx"))) || failed=$((failed + 1))
  done
  if ((skipped > 0)); then
    printf '%d passed, %d failed, %d skipped\n' $passed $failed $skipped
  else
    printf '%d passed, %d failed\n' $passed $failed
  fi
  ((failed == 0))
}

# summed NAME FILE: a number of the summary that a test program ends with.
summed() {
  sed -n "s/^  $1: \([0-9]*\)$/\1/p" "$2" | tail -1
}

# Mono is the nearest thing to .NET Framework that runs here. What cannot hold on it says so, by name and with the reason (NotOnNetFramework).
test_mono() {
  local name program log passed=0 failed=0
  mkdir -p "$artifacts/net472"
  for name in Core Tasks; do
    dotnet build tests/$name.Tests --configuration $configuration --disable-build-servers --nologo --verbosity quiet -p:OnNetFramework=true
    program=$artifacts/net472/bin/DistBuild.$name.Tests/$configuration/net472/DistBuild.$name.Tests.exe
    log=$artifacts/net472/$name.log
    mono --debug "$program" --progress off --no-ansi 2>&1 | tee "$log" || true
    # A run that ends before its summary has no failed test to show for it.
    if ! grep -q '^  total: [1-9]' "$log"; then
      printf '%s left no results\n' "$name" >&2
      failed=$((failed + 1))
      continue
    fi
    passed=$((passed + $(summed succeeded "$log")))
    failed=$((failed + $(summed failed "$log")))
  done
  printf '\nNot on mono:\n'
  grep -h -A1 '^skipped ' "$artifacts"/net472/{Core,Tasks}.log | grep -v '^--$' || printf 'nothing\n'
  printf '%d passed, %d failed\n' $passed $failed
  ((failed == 0))
}

# One test project on its own; the last line is "N passed, N failed", and a test that was skipped has failed.
run_test_project() {
  local project=$1 trx passed failed
  trx=$artifacts/test-results/$(basename "$project").trx
  rm -f "$trx"
  dotnet test "$project" --configuration $configuration --disable-build-servers --nologo --logger "trx;LogFileName=$trx" --logger "console;verbosity=normal" \
    --blame-hang-timeout 10m --blame-hang-dump-type none --results-directory "$artifacts/test-results" || true
  [[ -s $trx ]] || fail "$project left no results"
  passed=$(counter passed "$trx")
  failed=$(($(counter total "$trx") - passed))
  grep -q '<ResultSummary outcome="Completed"' "$trx" || ((failed > 0)) || failed=1
  printf '%d passed, %d failed\n' "$passed" $failed
  ((failed == 0))
}

# The tool as a program for Windows, and the one for this machine beside it.
publish_for_wine() {
  rm -rf "$artifacts/wine"
  dotnet publish src/Agent --configuration $configuration --runtime win-x64 --self-contained -p:UseAppHost=true --output "$artifacts/wine/windows" --disable-build-servers --nologo --verbosity quiet
  dotnet publish src/Agent --configuration $configuration --use-current-runtime --no-self-contained -p:UseAppHost=true --output "$artifacts/wine/linux" --disable-build-servers --nologo --verbosity quiet
}

# One build node without MSBuild, precompiled: what the cluster's clients are in benchmarks and soak.
publish_build_node() {
  dotnet publish tests/BuildNode --configuration $configuration --use-current-runtime --output "$artifacts/build-node" --disable-build-servers --nologo --verbosity quiet
}

# number OPTION VALUE: the value, if it is a number.
number() {
  [[ ${2:-} =~ ^[0-9]+$ ]] || fail "$1 takes a number"
  printf '%s' "$2"
}

fuzz() {
  export FUZZ_MINUTES=10
  while (($# > 0)); do
    case $1 in
      --minutes) FUZZ_MINUTES=$(number "$1" "${2:-}") ;;
      --seed) FUZZ_SEED=$(number "$1" "${2:-}") && export FUZZ_SEED ;;
      *) fail "no option '$1' of fuzz" ;;
    esac
    shift 2
  done
  exec dotnet test tests/Fuzz --configuration $configuration --disable-build-servers --nologo --logger "console;verbosity=detailed"
}

case ${1:-help} in
  pack)
    need
    case ${2:-} in
      --release) pack "-p:PrecompiledRuntimes=\"$released\"" ;;
      '') pack ;;
      *) fail "no option '$2' of pack" ;;
    esac
    ;;
  test)
    need g++:g++ clang-19:clang-19 ld.lld-19:lld-19 llvm-ar-19:llvm-19 clang-cl-19:clang-tools-19 /usr/lib/gcc/x86_64-w64-mingw32/12-posix:g++-mingw-w64-x86-64-posix "$googletest:googletest" cmake:cmake xxhsum:xxhash ccache:ccache ip:iproute2 bwrap:bubblewrap avahi-daemon:avahi-daemon avahi-browse:avahi-utils dbus-daemon:dbus
    pack
    run_tests
    ;;
  test-mono)
    need g++:g++ clang-19:clang-19 ld.lld-19:lld-19 llvm-ar-19:llvm-19 clang-cl-19:clang-tools-19 /usr/lib/gcc/x86_64-w64-mingw32/12-posix:g++-mingw-w64-x86-64-posix "$googletest:googletest" cmake:cmake xxhsum:xxhash ccache:ccache mono:mono-runtime /usr/bin/al:mono-devel
    test_mono
    ;;
  test-wine)
    need wine:wine /usr/lib/wine/wine64:wine64 clang-cl-19:clang-tools-19 x86_64-w64-mingw32-g++-posix:g++-mingw-w64-x86-64-posix
    publish_for_wine
    run_test_project tests/Wine
    ;;
  demo)
    need g++:g++ "$googletest:googletest"
    pack
    exec dotnet run --project tests/Demo --configuration $configuration
    ;;
  fuzz)
    shift
    need
    fuzz "$@"
    ;;
  soak)
    shift
    need g++:g++ ip:iproute2 bwrap:bubblewrap
    pack
    publish_build_node
    exec dotnet run --project tests/Soak --configuration $configuration -- "$@"
    ;;
  bench)
    shift
    if [[ ${1:-} == simulate ]]; then
      shift
      need
      exec dotnet run --project tests/Simulator --configuration $configuration -- "$@"
    fi
    need g++:g++ ninja:ninja-build ccache:ccache sccache:sccache npm:npm /usr/bin/time:time
    pack
    publish_build_node
    exec dotnet run --project tests/Benchmarks --configuration $configuration -- "$@"
    ;;
  help | --help | -h)
    usage
    ;;
  *)
    usage >&2
    fail "no command '$1'"
    ;;
esac
