using System.Diagnostics;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>A bundle for training only, made of the programs that the tests were built with, and unpacked elsewhere.</summary>
public sealed class BundleFixture : IDisposable
{
    private static readonly string[] Tools =
    [
        "bash", "cat", "cut", "dirname", "env", "grep", "gzip", "id", "mkdir", "mv", "paste", "readlink", "rm", "sed", "sha256sum", "tar", "uniq",
    ];

    private readonly TemporaryFolder _folder = new();

    public BundleFixture()
    {
        string artifacts = Path.Combine(TestData.RepositoryRoot, "artifacts");
        string native = Path.Combine(artifacts, "setup", "native");
        SkipReason =
            !OperatingSystem.IsLinux() ? "a bundle is made on Linux"
            : !File.Exists(Path.Combine(native, "key")) ? "needs the stand-ins: FAITHFUL_PACKAGES=standin ./faithful setup"
            : !File.Exists(Path.Combine(artifacts, "bin", "Faithful.Cli", "release", "faithful.dll"))
                || !File.Exists(Path.Combine(artifacts, "bin", "Faithful.Benchmarks", "release", "Faithful.Benchmarks.dll"))
                ? "needs a Release build of Faithful.sln"
            : Tools.FirstOrDefault(tool => Find(tool) is null) is string missing ? $"needs {missing}"
            : null;
        if (SkipReason is not null)
        {
            return;
        }

        foreach (string tool in Tools)
        {
            Directory.CreateDirectory(_folder["tools"]);
            File.CreateSymbolicLink(Path.Combine(_folder["tools"], tool), Find(tool)!);
        }

        Packed = Pack("packed");

        // The other machine: a copy of the folder, no .NET in sight, and the bridge of this machine as if it had been compiled there.
        Directory.CreateDirectory(_folder["there"]);
        Directory.CreateDirectory(_folder["bridges/one"]);
        foreach (string file in Directory.GetFiles(_folder["packed"]))
        {
            File.Copy(file, Path.Combine(_folder["there"], Path.GetFileName(file)));
        }

        foreach (string file in Directory.GetFiles(native))
        {
            File.Copy(file, Path.Combine(_folder["bridges/one"], Path.GetFileName(file)));
        }

        Libtorch = File.ReadAllText(Path.Combine(native, "key")).Split(' ')[1];
    }

    /// <summary>Gets why no bundle can be made here; null when it can.</summary>
    public string? SkipReason { get; }

    /// <summary>Gets how packing went.</summary>
    internal ProgramRun? Packed { get; }

    /// <summary>Gets the folder of the bundle as it was packed.</summary>
    public string Folder => _folder["packed"];

    private string Libtorch { get; } = string.Empty;

    /// <summary>Gets a path in a folder of the test's own.</summary>
    /// <param name="name">The name.</param>
    public string this[string name] => _folder[name];

    /// <summary>Packs a bundle.</summary>
    /// <param name="name">The name of its folder.</param>
    /// <returns>How it went.</returns>
    internal ProgramRun Pack(string name) => Bash(
        Path.Combine(TestData.RepositoryRoot, "src", "Bundle", "bundle.sh"), [],
        "--out", _folder[name], "--training-only", "--level", "1", "--built", Path.Combine(TestData.RepositoryRoot, "artifacts"));

    /// <summary>Runs a command on the other machine.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>How it went.</returns>
    internal ProgramRun There(params string[] arguments) => There([], arguments);

    /// <summary>Runs a command on the other machine.</summary>
    /// <param name="environment">Variables that differ.</param>
    /// <param name="arguments">The command line.</param>
    /// <returns>How it went.</returns>
    internal ProgramRun There((string Name, string Value)[] environment, params string[] arguments) => Bash(
        _folder["there/faithful"],
        [("PATH", _folder["tools"]), ("DOTNET_ROOT", ""), ("FAITHFUL_BRIDGES", _folder["bridges"]), ("FAITHFUL_LIBTORCH", Libtorch), .. environment],
        arguments);

    /// <summary>Runs a script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>How it went.</returns>
    internal static ProgramRun Bash(string script, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find("bash")!) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(script);
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramRun(process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Dispose();

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool))
        .FirstOrDefault(File.Exists);
}
