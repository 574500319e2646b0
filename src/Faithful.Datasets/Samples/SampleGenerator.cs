using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;

namespace Faithful.Datasets.Samples;

/// <summary>
/// Generates the sample data set: structure prototypes decorated with elements, sized by covalent radii and slightly strained,
/// labelled by spglib. The same options give the same crystals, digit for digit, on every machine.
/// </summary>
/// <remarks>
/// Crystals come in rounds of one crystal a prototype, so the first thousand are a sample, too. In a round all prototypes of one
/// composition type have the same composition: the point group can be learnt from the structure, but not from the composition.
/// </remarks>
public static class SampleGenerator
{
    // Strain and shifts are small against the distortions of the prototypes, so a second attempt is hardly ever needed.
    private const int MaximumAttempts = 20;

    // Crystals are rounded to these digits before they are labelled, so the file holds all that the labels are about.
    private static readonly MaterialsJsonWriterOptions Format = new() { AsCell = true, DecimalPlaces = PrototypeBuilder.Decimals };

    private static readonly SymmetryOptions Strict = new() { DistanceTolerance = 0.01 };

    /// <summary>Generates the sample.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>Records with the labels space_group, point_group and prototype, lazily, in the order of the file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing.</exception>
    public static IEnumerable<CrystalRecord> Generate(SampleOptions? options = null)
    {
        options ??= new SampleOptions();
        options.Validate();
        return GenerateAll(options);
    }

    /// <summary>Generates the sample into a materials JSONL file; the same options give the same bytes, unless it is gzipped.</summary>
    /// <param name="path">The file; an existing one is replaced, a missing folder is made.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, SampleOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        MaterialsJsonWriter.Write(path, Generate(options), Format);
    }

    /// <summary>Generates the sample into a stream, as <see cref="Write(string, SampleOptions?)"/> does into a file.</summary>
    /// <param name="stream">The stream, which is left open.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is missing.</exception>
    public static void Write(Stream stream, SampleOptions? options = null) => MaterialsJsonWriter.Write(stream, Generate(options), Format);

    // Each crystal has a random stream of its own, so they can be made at the same time without a difference.
    private static IEnumerable<CrystalRecord> GenerateAll(SampleOptions options)
    {
        foreach (var record in Draw(options).AsParallel().AsOrdered()
            .Select(draw => Label(draw.Prototype, draw.Builder, draw.Composition, options.Seed, draw.Round)))
        {
            yield return record;
        }
    }

    private static IEnumerable<(StructurePrototype Prototype, PrototypeBuilder Builder, ImmutableArray<Element> Composition, int Round)> Draw(
        SampleOptions options)
    {
        ImmutableArray<(StructurePrototype Prototype, PrototypeBuilder Builder)> prototypes =
            [.. StructurePrototypes.All.Select(prototype => (prototype, new PrototypeBuilder(prototype)))];
        var source = new CompositionSource(string.Create(CultureInfo.InvariantCulture, $"{options.Seed}|compositions"));
        var compositions = new Dictionary<string, ImmutableArray<Element>>(StringComparer.Ordinal);
        for (var index = 0; index < options.Count; index++)
        {
            var (round, place) = Math.DivRem(index, prototypes.Length);
            var (prototype, builder) = prototypes[place];
            if (place == 0)
            {
                compositions.Clear();
            }

            if (!compositions.TryGetValue(builder.CompositionType, out var composition))
            {
                compositions[builder.CompositionType] = composition = source.Draw(builder.Unit);
            }

            yield return (prototype, builder, composition, round);
        }
    }

    private static CrystalRecord Label(
        StructurePrototype prototype, PrototypeBuilder builder, ImmutableArray<Element> composition, int seed, int round)
    {
        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            var random = new SplitMix64(string.Create(CultureInfo.InvariantCulture, $"{seed}|{prototype.Name}|{round}|{attempt}"));
            var crystal = builder.Build(composition, random).InCanonicalOrder();
            var symmetry = SymmetryFinder.Analyze(crystal);

            // A label must not hang on the tolerance.
            if (symmetry.SpaceGroupNumber == prototype.SpaceGroup
                && SymmetryFinder.Analyze(crystal, Strict).SpaceGroupNumber == prototype.SpaceGroup)
            {
                var labels = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["space_group"] = symmetry.SpaceGroupNumber.ToString(CultureInfo.InvariantCulture),
                    ["point_group"] = symmetry.PointGroup,
                    ["prototype"] = prototype.Name,
                };
                return new CrystalRecord($"{prototype.Name}-{crystal.ReducedFormula}", crystal, labels, "sample");
            }
        }

        var elements = string.Join(", ", composition);
        throw new InvalidOperationException($"The prototype {prototype.Name} does not keep its space group {prototype.SpaceGroup} with {elements}.");
    }
}
