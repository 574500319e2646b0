using System.Reflection;
using System.Runtime.InteropServices;

namespace Faithful.Crystals.Symmetry;

/// <summary>
/// The C interface of spglib 2.x (A. Togo, K. Shinohara, I. Tanaka, arXiv:1808.01590; its header spglib.h). The functions are
/// thread-safe except for spg_get_error_code, which reports the last error of any thread and is therefore not used to decide.
/// </summary>
internal static unsafe partial class Spglib
{
    /// <summary>The environment variable that may name the library's file.</summary>
    public const string PathVariable = "FAITHFUL_SPGLIB";

    private const string Name = "spglib";

    private const string Remedy =
        "install spglib 2 (Debian, Ubuntu: apt install libsymspg1; conda: spglib), or set " + PathVariable + " to the path of its library";

    private static readonly Lazy<SpglibHandle> Loaded =
        new(() => SpglibHandle.Load(Candidates(Environment.GetEnvironmentVariable(PathVariable)), Remedy));

    static Spglib() => NativeLibrary.SetDllImportResolver(typeof(Spglib).Assembly, Resolve);

    /// <summary>Gets the library's version, for example <c>2.0.2</c>.</summary>
    /// <exception cref="MissingNativeLibraryException">The library is missing or of a major version other than 2.</exception>
    public static string Version => Loaded.Value.Version;

    /// <summary>Throws if the library cannot be used: to be called before any other function.</summary>
    /// <exception cref="MissingNativeLibraryException">The library is missing or of a major version other than 2.</exception>
    public static void Require() => _ = Loaded.Value;

    /// <summary>Loads the library under given names, for the tests of a machine without it.</summary>
    internal static string TryVersion(params string[] names) => SpglibHandle.Load(names, Remedy).Version;

    /// <param name="lattice">Nine numbers, columns are vectors: the transpose of <see cref="Lattice"/>.</param>
    /// <param name="positions">Three fractions for each atom.</param>
    /// <param name="types">One number for each atom.</param>
    /// <param name="count">The number of atoms.</param>
    /// <param name="distanceTolerance">Å.</param>
    /// <param name="angleTolerance">Degrees; negative: derived from the distance tolerance.</param>
    [LibraryImport(Name)]
    internal static partial SpglibDataset* spgat_get_dataset(
        double* lattice, double* positions, int* types, int count, double distanceTolerance, double angleTolerance);

    [LibraryImport(Name)]
    internal static partial void spg_free_dataset(SpglibDataset* dataset);

    /// <summary>Overwrites its arrays, which must have room for four times the atoms; returns the new number of atoms or 0.</summary>
    [LibraryImport(Name)]
    internal static partial int spgat_standardize_cell(
        double* lattice,
        double* positions,
        int* types,
        int count,
        int toPrimitive,
        int noIdealize,
        double distanceTolerance,
        double angleTolerance);

    [LibraryImport(Name)]
    internal static partial SpglibSpaceGroupType spg_get_spacegroup_type(int hallNumber);

    private static nint Resolve(string libraryName, Assembly assembly, DllImportSearchPath? searchPath) =>
        libraryName == Name ? Loaded.Value.Handle : nint.Zero;

    // Debian's 2.0.2 has the soname 1, later versions 2; without a version for Windows and for development packages.
    private static string[] Candidates(string? path) => !string.IsNullOrEmpty(path)
        ? [path]
        : OperatingSystem.IsWindows() ? ["symspg.dll", "libsymspg.dll"]
        : OperatingSystem.IsMacOS() ? ["libsymspg.2.dylib", "libsymspg.dylib"]
        : ["libsymspg.so.1", "libsymspg.so.2", "libsymspg.so"];
}
