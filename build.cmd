@echo off
rem The Windows face of build.sh. Not yet run on a real Windows machine.
setlocal
cd /d "%~dp0"
set DOTNET_NOLOGO=1
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set MSBUILDDISABLENODEREUSE=1

where dotnet >nul 2>nul
if errorlevel 1 (
  echo build.cmd: the .NET SDK is missing; install the .NET 10 SDK: winget install Microsoft.DotNet.SDK.10 1>&2
  exit /b 1
)

if /i "%~1"=="pack" goto pack
if /i "%~1"=="test" goto test
if /i "%~1"=="demo" goto demo
if "%~1"=="" goto help
if /i "%~1"=="help" goto help
echo build.cmd: no command '%~1' 1>&2
call :help
exit /b 1

:help
echo Usage: build.cmd COMMAND
echo   pack   build both packages into artifacts\packages and lay out artifacts\vc
echo   test   pack, then run the tests that need no Linux
echo   help   show this
echo The demo and the end-to-end tests run agents and gcc on Linux: use build.sh there, or in WSL.
exit /b 0

:pack
if exist artifacts\packages rmdir /s /q artifacts\packages
if exist artifacts\vc rmdir /s /q artifacts\vc
if exist src\Agent\bin\Release\net10.0\vc rmdir /s /q src\Agent\bin\Release\net10.0\vc
for %%p in (nuget\DistBuild src\Agent) do (
  dotnet pack %%p --configuration Release --disable-build-servers --nologo --verbosity quiet
  if errorlevel 1 exit /b 1
)
xcopy /s /i /q src\Agent\bin\Release\net10.0\vc artifacts\vc >nul
if errorlevel 1 exit /b 1
for %%f in (artifacts\packages\*.nupkg) do echo Packed %%f
exit /b 0

:test
call :pack
if errorlevel 1 exit /b 1
set failed=0
for %%p in (Core Tasks Agent) do (
  dotnet test tests\%%p.Tests --configuration Release --nologo
  if errorlevel 1 set failed=1
)
echo Not run: tests\EndToEnd.Tests, which need Linux. Tests above that start gcc or sh fail here.
exit /b %failed%

:demo
echo build.cmd: the demo starts gcc and agents on Linux; run ./build.sh demo there, or in WSL. 1>&2
exit /b 1
