using Faithful.Crystals.Formats;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests.Packing;

/// <summary>Small packed data sets for the tests of this folder.</summary>
internal static class PackedSamples
{
    /// <summary>Options under which some of the random crystals take the fallback.</summary>
    public static PreparationOptions Options { get; } = new() { Cutoff = 4, MaxAtoms = 10 };

    public static PackedDatasetKey Key(PreparationOptions? options = null) =>
        new() { SourceSha256 = new string('a', 64), Preparation = options ?? Options, Program = "tests" };

    /// <summary>Random crystals with labels, some without; ids and labels hold more than ASCII.</summary>
    public static CrystalRecord[] Records(int count, int seed = 1, string source = "data.jsonl")
    {
        var random = new RandomCrystals(seed);
        return [.. Enumerable.Range(0, count).Select(i => new CrystalRecord(
            $"kristall-{i}-é",
            random.Crystal(),
            i % 3 == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["tqc"] = i % 2 == 0 ? "ES" : "NLC", ["größe"] = $"{i}" },
            i % 5 == 0 ? $"elsewhere/{i}.poscar" : $"{source}({i + 1})"))];
    }

    public static string Write(string path, IEnumerable<CrystalRecord> records, PreparationOptions? options = null, string source = "data.jsonl")
    {
        using var writer = new PackedDatasetWriter(path, Key(options), source);
        foreach (CrystalRecord record in records)
        {
            writer.Add(record, CrystalPreparation.Prepare(record.Crystal, options ?? Options));
        }

        writer.Reject(new RejectedEntry($"{source}(99)", "a known element", "\"Xx\""));
        writer.Complete();
        return path;
    }

    public static void AssertEqual(PreparedCrystal expected, PreparedCrystal found)
    {
        Assert.Equal(expected.AtomicNumbers, found.AtomicNumbers);
        Assert.Equal(expected.Positions, found.Positions);
        Assert.Equal(expected.Lattice, found.Lattice);
        Assert.Equal(expected.SpaceGroup, found.SpaceGroup);
        Assert.Equal(expected.SiteSymmetries, found.SiteSymmetries);
        Assert.Equal(expected.EdgeSource, found.EdgeSource);
        Assert.Equal(expected.EdgeTarget, found.EdgeTarget);
        Assert.Equal(expected.EdgeImage, found.EdgeImage);
        Assert.Equal(expected.FallbackReason, found.FallbackReason);
    }

    /// <summary>Reads everything that a data set has.</summary>
    /// <returns>A text that differs when anything differs.</returns>
    public static string ReadAll(PackedDataset data)
    {
        var text = new System.Text.StringBuilder();
        text.Append(data.Key).AppendJoin('|', data.Rejected);
        for (int i = 0; i < data.Count; i++)
        {
            PreparedCrystal crystal = data[i];
            text.Append(data.Id(i)).Append(data.Origin(i)).Append(data.ReducedFormula(i)).Append(data.CellAtoms(i)).Append(data.VolumePerAtom(i))
                .AppendJoin(',', data.Composition(i)).AppendJoin(',', data.Labels(i)).Append(data.FallbackReason(i)).Append(crystal.SpaceGroup)
                .AppendJoin(',', crystal.AtomicNumbers).AppendJoin(',', crystal.Positions).AppendJoin(',', crystal.Lattice)
                .AppendJoin(',', crystal.SiteSymmetries).AppendJoin(',', crystal.EdgeSource).AppendJoin(',', crystal.EdgeTarget)
                .AppendJoin(',', crystal.EdgeImage);
        }

        return text.ToString();
    }
}
