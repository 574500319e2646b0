using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Transformations;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Splits;

public sealed class DataSplitTests
{
    [Property(Replay = "(1,1)")]
    public void Every_row_is_in_exactly_one_part(byte[] groups, int seed)
    {
        var split = DataSplit.Create(Keys(groups), new SplitOptions { Seed = seed });
        Assert.Equal(Enumerable.Range(0, groups.Length), split.Training.Concat(split.Validation).Concat(split.Test).Order());
        Assert.All(new[] { split.Training, split.Validation, split.Test }, part => Assert.Equal(part.Order(), part));
    }

    [Property(Replay = "(2,1)")]
    public void No_group_crosses(byte[] groups, int seed)
    {
        var split = DataSplit.Create(Keys(groups), new SplitOptions { Seed = seed });
        HashSet<byte>[] parts = [.. new[] { split.Training, split.Validation, split.Test }.Select(part => part.Select(row => groups[row]).ToHashSet())];
        Assert.False(parts[0].Overlaps(parts[1]) || parts[0].Overlaps(parts[2]) || parts[1].Overlaps(parts[2]));
    }

    [Property(Replay = "(3,1)")]
    public void The_order_of_the_rows_does_not_matter(byte[] groups, int seed, int shuffle)
    {
        var order = Enumerable.Range(0, groups.Length).ToArray();
        new Random(shuffle).Shuffle(order);
        var options = new SplitOptions { Seed = seed };
        var straight = DataSplit.Create(Keys(groups), options);
        var shuffled = DataSplit.Create(Keys([.. order.Select(row => groups[row])]), options);
        Assert.Equal(straight.Training, shuffled.Training.Select(row => order[row]).Order());
        Assert.Equal(straight.Test, shuffled.Test.Select(row => order[row]).Order());
    }

    [Property(Replay = "(4,1)")]
    public void A_part_misses_its_fraction_by_half_of_the_largest_group_at_most(byte[] groups, int seed, byte test, byte validation)
    {
        var options = new SplitOptions { TestFraction = test / 600.0, ValidationFraction = validation / 600.0, Seed = seed };
        var split = DataSplit.Create(Keys(groups), options);
        var largest = groups.Length == 0 ? 0 : groups.GroupBy(group => group).Max(group => group.Count());
        var tolerance = (largest / 2.0) + 0.5 + 1e-9; // and half a row of rounding
        Assert.InRange(split.Test.Length, (options.TestFraction * groups.Length) - tolerance, (options.TestFraction * groups.Length) + tolerance);
        Assert.InRange(split.Validation.Length, (options.ValidationFraction * groups.Length) - tolerance, (options.ValidationFraction * groups.Length) + tolerance);
    }

    [Fact]
    public void A_single_group_is_for_training() => Assert.Equal(100, DataSplit.Create([.. Enumerable.Repeat("Fe", 100)]).Training.Length);

    [Fact]
    public void Another_seed_makes_another_split_and_the_same_seed_the_same()
    {
        var keys = Keys([.. Enumerable.Range(0, 200).Select(row => (byte)row)]);
        var tests = Enumerable.Range(0, 20).Select(seed => string.Join(' ', DataSplit.Create(keys, new SplitOptions { Seed = seed }).Test)).ToList();
        Assert.Equal(20, tests.Distinct().Count());
        Assert.Equal(tests[3], string.Join(' ', DataSplit.Create(keys, new SplitOptions { Seed = 3 }).Test));
    }

    /// <summary>
    /// Written down, so that results of different versions of the program stay comparable. In Python:
    /// sorted(range(20), key=lambda i: sha256(f"0|{keys[i]}".encode()).digest()); the first two are the test part.
    /// </summary>
    [Fact]
    public void The_split_of_the_default_seed_never_changes()
    {
        var keys = Enumerable.Range(1, 20).Select(number => $"Fe{number}O|{number}").ToList();
        var split = DataSplit.Create(keys);
        Assert.Equal([6, 8], split.Test.AsEnumerable());
        Assert.Equal([12, 16], split.Validation.AsEnumerable());
    }

    [Fact]
    public void Cells_of_one_crystal_share_a_group_and_other_space_groups_do_not()
    {
        var salt = new Crystal(Lattice.Cubic(5.64), [Element.FromSymbol("Na"), Element.FromSymbol("Cl")], [Vector3D.Zero, new(0.5, 0.5, 0.5)]);
        string Key(Crystal crystal, string? spaceGroup) => DataSplit.GroupKey(new CrystalRecord(
            "any", crystal, spaceGroup is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["space_group"] = spaceGroup }, "any"));

        Assert.Equal(Key(salt, "225"), Key(salt.Supercell(2, 1, 3), "225"));
        Assert.Equal(Key(salt, "225"), Key(salt.Permute([1, 0]), "225"));
        Assert.NotEqual(Key(salt, "225"), Key(salt, "221"));
        Assert.Equal(salt.ReducedFormula, Key(salt, null));
    }

    [Fact]
    public void Verify_finds_a_group_that_crosses_a_missing_row_and_a_row_too_many()
    {
        var keys = Keys([.. Enumerable.Range(0, 50).Select(row => (byte)row)]);
        var split = DataSplit.Create(keys);
        split.Verify(keys);
        Assert.Contains("group", Assert.Throws<InvalidOperationException>(() => split.Verify([.. keys.Select(_ => "same")])).Message, StringComparison.Ordinal);
        Assert.Contains("no part", Assert.Throws<InvalidOperationException>(() => split.Verify([.. keys, "one more"])).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<InvalidOperationException>(() => split.Verify([.. keys.Take(49)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_have_their_documented_defaults_and_refuse_fractions_out_of_range()
    {
        Assert.Equal(new SplitOptions { TestFraction = 0.1, ValidationFraction = 0.1, Seed = 0 }, new SplitOptions());
        foreach (var (test, validation) in new[] { (-0.1, 0.1), (0.1, -0.1), (0.5, 0.5), (double.NaN, 0.1), (0.1, double.NaN) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.Create(["a"], new SplitOptions { TestFraction = test, ValidationFraction = validation }));
        }
    }

    private static string[] Keys(byte[] groups) => [.. groups.Select(group => group.ToString(CultureInfo.InvariantCulture))];
}
