using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Models.Packing;

/// <summary>
/// What a packed data set was made of: the content of the source, how its crystals were prepared, and the program that did it.
/// Equal keys mean equal content.
/// </summary>
public sealed record PackedDatasetKey
{
    /// <summary>The extension of packed data sets.</summary>
    public const string Extension = ".packed";

    /// <summary>Gets the SHA-256 of the source, lower-case hexadecimal.</summary>
    public required string SourceSha256 { get; init; }

    /// <summary>Gets how crystals were prepared; without limits by species, which readers apply.</summary>
    public required PreparationOptions Preparation { get; init; }

    /// <summary>
    /// Gets what names the program's code for reading and preparing crystals, and the symmetry finder where it was used: another
    /// one may give other arrays.
    /// </summary>
    public required string Program { get; init; }

    /// <summary>Makes the key of this program.</summary>
    /// <param name="sourceSha256">The SHA-256 of the source.</param>
    /// <param name="preparation">How crystals are prepared. Its limits by species do not count: models that differ in them share a file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="MissingNativeLibraryException">The options ask for symmetry and spglib is not installed.</exception>
    public static PackedDatasetKey Create(string sourceSha256, PreparationOptions preparation)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceSha256);
        ArgumentNullException.ThrowIfNull(preparation);

        // Builds are deterministic: the same sources give the same module, and another module may mean another algorithm.
        string modules = $"{Module(typeof(Crystal))}+{Module(typeof(CrystalPreparation))}";
        return new PackedDatasetKey
        {
            SourceSha256 = sourceSha256,
            Preparation = preparation.WithoutSpeciesLimits(),
            Program = preparation.UsesSymmetry ? $"{modules}+spglib-{SymmetryFinder.Version}" : modules,
        };

        static string Module(Type type) => type.Module.ModuleVersionId.ToString("N")[..12];
    }

    /// <summary>
    /// Gets the name of the file in a folder of caches. It names source and options, not the program: a newer program's file takes
    /// the place of an older one's.
    /// </summary>
    /// <returns>For example <c>3b5d5c3712955042-6A-symmetry-7f83b165.packed</c>, of descriptors <c>3b5d5c3712955042-best-7f83b165.packed</c>.</returns>
    public string FileName()
    {
        byte[] options = JsonSerializer.SerializeToUtf8Bytes(Preparation, PackedJson.Default.PreparationOptions);
        string source = SourceSha256[..Math.Min(16, SourceSha256.Length)];
        string hash = Convert.ToHexStringLower(SHA256.HashData([.. options, .. Encoding.UTF8.GetBytes(SourceSha256)]))[..8];
        string symmetry = Preparation.UsesSymmetry ? "-symmetry" : "";
        string cell = Preparation.Cell == CellChoice.Canonical ? "-canonical" : "";
        return Preparation.Descriptors is string descriptors
            ? $"{source}-{descriptors}-{hash}{Extension}"
            : FormattableString.Invariant($"{source}-{Preparation.Cutoff}A{symmetry}{cell}-{hash}{Extension}");
    }

    /// <summary>Says in what another key differs.</summary>
    /// <param name="other">The other key.</param>
    /// <returns>A few words, or null when the keys are equal.</returns>
    public string? Difference(PackedDatasetKey other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this == other ? null
            : SourceSha256 != other.SourceSha256 ? "another source"
            : Preparation != other.Preparation ? "other options"
            : "another version of the program";
    }
}
