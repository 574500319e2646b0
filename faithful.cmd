@echo off
rem Forwards to the program; the published packages serve Windows, so there is nothing to set up.
if "%1"=="test" (
  dotnet test "%~dp0Faithful.sln" -c Release
) else (
  dotnet run --project "%~dp0src\Faithful.Cli\Faithful.Cli.csproj" -c Release -- %*
)
