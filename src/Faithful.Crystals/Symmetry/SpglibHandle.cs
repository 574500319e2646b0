using System.Runtime.InteropServices;

namespace Faithful.Crystals.Symmetry;

/// <summary>A loaded spglib whose version is known to have the data layout of <see cref="SpglibDataset"/>.</summary>
/// <param name="Handle">The handle of the library.</param>
/// <param name="Version">For example <c>2.0.2</c>.</param>
internal sealed unsafe record SpglibHandle(nint Handle, string Version)
{
    /// <summary>The major version whose structures this project knows: they are the same in 2.0.0 to 2.5.0.</summary>
    private const int SupportedMajorVersion = 2;

    /// <summary>Loads the first library that exists.</summary>
    /// <param name="names">File names or paths, the best first.</param>
    /// <param name="remedy">What to install if there is none.</param>
    /// <returns>The library.</returns>
    /// <exception cref="MissingNativeLibraryException">There is none, or it is not spglib 2.</exception>
    public static SpglibHandle Load(IReadOnlyList<string> names, string remedy)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                var numbers = ReadVersion(handle)
                    ?? throw new MissingNativeLibraryException("spglib", $"{name} is another library", remedy);
                var version = string.Join('.', numbers);
                var problem = $"{name} is version {version}, and version {SupportedMajorVersion} is needed";
                return numbers[0] == SupportedMajorVersion
                    ? new SpglibHandle(handle, version)
                    : throw new MissingNativeLibraryException("spglib", problem, remedy);
            }
        }

        throw new MissingNativeLibraryException("spglib", $"no library found as {string.Join(", ", names)}", remedy);
    }

    private static int[]? ReadVersion(nint handle)
    {
        string[] functions = ["spg_get_major_version", "spg_get_minor_version", "spg_get_micro_version"];
        var version = new int[3];
        for (var part = 0; part < 3; part++)
        {
            if (!NativeLibrary.TryGetExport(handle, functions[part], out var address))
            {
                return null;
            }

            version[part] = ((delegate* unmanaged<int>)address)();
        }

        return version;
    }
}
