using System.Reflection;
using System.Runtime.Loader;
using Faithful.Crystals.Symmetry;

namespace Faithful.Models.Tests;

/// <summary>
/// Runs code of the tests as on a machine without spglib: the project's assemblies are loaded a second time, and this time the
/// library is looked for where there is none.
/// </summary>
internal sealed class WithoutSpglib : AssemblyLoadContext, IDisposable
{
    private const string PathVariable = "FAITHFUL_SPGLIB";

    private readonly string? _path = Environment.GetEnvironmentVariable(PathVariable);

    public WithoutSpglib()
        : base(isCollectible: true)
    {
        SymmetryFinder.TryGetVersion(out _, out _); // the tests beside this one have found theirs
        Environment.SetEnvironmentVariable(PathVariable, "/nowhere/libsymspg.so");
    }

    /// <summary>Calls a static method; arguments and result are of types of the runtime.</summary>
    public object? Invoke(Type type, string method, params object[] arguments) =>
        LoadFromAssemblyPath(type.Assembly.Location).GetType(type.FullName!, throwOnError: true)!
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, arguments);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(PathVariable, _path);
        Unload();
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
        return assemblyName.Name!.StartsWith("Faithful.", StringComparison.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
