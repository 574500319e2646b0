using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Crystals.Transformations;
using Faithful.Datasets.Purification;
using Faithful.Testing;

namespace Faithful.Datasets.Tests.Purification;

/// <summary>
/// A data set made of crystals of the sample with planted faults, and what purification must make of it: said when it is planted,
/// not computed with the code under test.
/// </summary>
internal sealed class PlantedDataset
{
    public const string Label = "colour";

    /// <summary>Small numbers, so that the faults are cheap, and a tolerance that sees distortions of hundredths of an Å.</summary>
    public static readonly PurificationOptions Options = new()
    {
        Label = Label,
        MaximumAtoms = 20,
        Symmetry = new SymmetryOptions { DistanceTolerance = 0.01 },
        Threads = 2,
    };

    private const double Displacement = 0.03; // Å: distances change by 0.06 at most, less than the 0.05 mean spacings of the options

    // Below the trigonal groups, because spglib takes long over larger cells of highly symmetric crystals.
    private static readonly Lazy<ImmutableArray<CrystalRecord>> Bases = new(() =>
    [
        .. CrystalSource.Read(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Select(result => result.GetRecordOrThrow())
            .Where(record => record.Crystal.Count is >= 3 and <= 12 && record.Crystal.VolumePerAtom < 140 && int.Parse(record.Labels["space_group"]) is > 15 and < 143)
            .DistinctBy(record => record.Crystal.ReducedFormula),
    ]);

    private readonly RandomCrystals random;
    private readonly HashSet<int> numbers = [];

    public PlantedDataset(int seed)
    {
        random = new RandomCrystals(seed);
        var order = random.Permutation(Bases.Value.Length);
        for (var material = 0; material < 9; material++)
        {
            PlantMaterial(Bases.Value[order[material]].Crystal);
        }

        PlantFaults(Bases.Value[order[9]].Crystal);
        PlantRepeatedIds(Bases.Value[order[10]].Crystal, Bases.Value[order[11]].Crystal);
    }

    /// <summary>Gets the crystals, in the order in which they were planted.</summary>
    public List<CrystalRecord> Records { get; } = [];

    /// <summary>Gets the ids that must be kept.</summary>
    public HashSet<string> Kept { get; } = [];

    /// <summary>Gets the rules by which the others must go, by id.</summary>
    public Dictionary<string, string> RuleOf { get; } = [];

    /// <summary>Gets the ids of cells that are not primitive.</summary>
    public HashSet<string> Supercells { get; } = [];

    public static CrystalRecord Record(string id, Crystal crystal, string? label) =>
        new(id, crystal, label is null ? ImmutableDictionary<string, string>.Empty : ImmutableDictionary<string, string>.Empty.Add(Label, label), id);

    /// <summary>Moves every atom by a given length in a random direction.</summary>
    public static Crystal Distort(Crystal crystal, RandomCrystals random, double length) => new(
        crystal.Lattice,
        crystal.Species,
        crystal.FractionalPositions.Select(position =>
        {
            var direction = random.Vector(-1, 1);
            return position + crystal.Lattice.ToFractional(direction * (length / direction.Length));
        }));

    public List<CrystalRecord> Shuffled(int seed)
    {
        var order = new RandomCrystals(seed).Permutation(Records.Count);
        return [.. order.Select(place => Records[place])];
    }

    // One crystal, up to three copies of it in other descriptions, and perhaps a distorted one. Labels: two, or none.
    private void PlantMaterial(Crystal crystal)
    {
        List<(int Number, string? Label)> copies = [];
        var count = random.Integer(1, 4);
        var isConflict = count > 1 && random.Integer(0, 2) == 0;
        for (var copy = 0; copy < count; copy++)
        {
            var number = Number();
            var isSupercell = crystal.Count <= 6 && random.Integer(0, 2) == 0;
            var label = isConflict && copy < 2 ? $"{copy}" : random.Integer(0, 2) == 0 ? null : "0";
            var cell = isSupercell ? Repeat(crystal) : crystal;
            Records.Add(Record(Id(number), random.Redescribe(cell), label));
            copies.Add((number, label));
            if (isSupercell)
            {
                Supercells.Add(Id(number));
            }
        }

        List<(int Number, string? Label)> survivors = [];
        if (isConflict)
        {
            Remove(copies, "duplicate");
        }
        else
        {
            survivors.Add(Best(copies));
            Remove(copies.Except(survivors), "duplicate");
        }

        if (random.Integer(0, 1) == 0)
        {
            (int Number, string? Label) distorted = (Number(), random.Integer(0, 2) switch { 0 => null, 1 => "0", _ => "1" });
            Records.Add(Record(Id(distorted.Number), random.Redescribe(Distort(crystal, random, Displacement)), distorted.Label));
            survivors.Add(distorted);
            if (survivors.Select(survivor => survivor.Label).Where(label => label is not null).Distinct().Count() > 1)
            {
                Remove(survivors, "distorted_copy");
                survivors = [];
            }
            else
            {
                var best = Best(survivors);
                Remove(survivors.Where(survivor => survivor != best), "distorted_copy");
                survivors = [best];
            }
        }

        Kept.UnionWith(survivors.Select(survivor => Id(survivor.Number)));
    }

    private void PlantFaults(Crystal crystal)
    {
        var scale = Math.Cbrt(random.Uniform(160, 2000) / crystal.VolumePerAtom);
        Remove("volume_out_of_range", Scale(crystal, scale));
        Remove("volume_out_of_range", Scale(crystal, Math.Cbrt(random.Uniform(0.8, 1.9) / crystal.VolumePerAtom)));
        Remove("atoms_too_close", new Crystal(
            crystal.Lattice,
            crystal.Species.Add(crystal.Species[0]),
            crystal.FractionalPositions.Add(crystal.FractionalPositions[0] + crystal.Lattice.ToFractional(new(0, random.Uniform(0.01, 0.49), 0)))));
        Remove("too_many_atoms", random.Crystal(random.Integer(21, 30)));
    }

    private void PlantRepeatedIds(Crystal one, Crystal other)
    {
        var (same, different) = (Id(Number()), Id(Number()));
        Records.AddRange([Record(same, one, "0"), Record(same, one, "0"), Record(different, one, "0"), Record(different, other, "1")]);
        Kept.Add(same);
        RuleOf.Add(different, "repeated_id");
    }

    private void Remove(string rule, Crystal crystal)
    {
        var id = Id(Number());
        Records.Add(Record(id, crystal, "0"));
        RuleOf.Add(id, rule);
    }

    private void Remove(IEnumerable<(int Number, string? Label)> copies, string rule)
    {
        foreach (var (number, _) in copies)
        {
            RuleOf.Add(Id(number), rule);
        }
    }

    // By number: "m-9" before "m-10".
    private static (int Number, string? Label) Best(IEnumerable<(int Number, string? Label)> copies) =>
        copies.OrderBy(copy => copy.Label is null).ThenBy(copy => copy.Number).First();

    private Crystal Repeat(Crystal crystal)
    {
        var repeats = new[] { 1, 1, 1 };
        repeats[random.Integer(0, 2)] = random.Integer(2, 3);
        return crystal.Supercell(repeats[0], repeats[1], repeats[2]);
    }

    private static Crystal Scale(Crystal crystal, double factor)
    {
        var lattice = crystal.Lattice;
        return new(new Lattice(lattice.A * factor, lattice.B * factor, lattice.C * factor), crystal.Species, crystal.FractionalPositions);
    }

    private int Number()
    {
        while (true)
        {
            var number = random.Integer(1, 300);
            if (numbers.Add(number))
            {
                return number;
            }
        }
    }

    private static string Id(int number) => $"m-{number}";
}
