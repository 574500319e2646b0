@echo off
rem Forwards to the program; the published packages serve Windows, so there is nothing to set up.
if "%1"=="test" (
  dotnet test "%~dp0Faithful.sln" -c Release
) else if "%1"=="benchmark" (
  dotnet run --project "%~dp0tests\Faithful.Benchmarks" -c Release -- %2 %3 %4 %5 %6 %7 %8 %9
) else (
  dotnet run --project "%~dp0src\Faithful.Cli\Faithful.Cli.csproj" -c Release -- %*
)
