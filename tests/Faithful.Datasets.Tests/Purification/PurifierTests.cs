using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Transformations;
using Faithful.Datasets.Purification;
using Faithful.Testing;
using FsCheck.Xunit;
using Xunit.Abstractions;

namespace Faithful.Datasets.Tests.Purification;

public sealed class PurifierTests(ITestOutputHelper output)
{
    [Property(MaxTest = 10, Replay = "(41,1)")]
    public void What_was_planted_is_found_and_by_the_rule_that_it_breaks(int seed)
    {
        var planted = new PlantedDataset(seed);
        var result = Purifier.Run(planted.Records, PlantedDataset.Options);
        Assert.Equal(planted.Kept.Order(), result.Kept.Select(record => record.Id).Order());
        Assert.Equal(planted.Records.Count, result.Kept.Length + result.Removed.Length);
        foreach (var removed in result.Removed.Where(removed => planted.RuleOf.ContainsKey(removed.Id)))
        {
            Assert.Equal(planted.RuleOf[removed.Id], removed.Rule);
            Assert.NotEmpty(removed.Reason);
        }

        Assert.Equal(result.Kept.Select(record => record.Id).Where(planted.Supercells.Contains), result.Changed.Select(changed => changed.Id));
        Assert.Equal(result.Removed.Length, result.Rules.Sum(rule => rule.Removed));
        Assert.Equal(result.Read, planted.Records.Count);
    }

    [Property(MaxTest = 4, Replay = "(42,1)")]
    public void The_order_of_the_input_plays_no_part(int seed)
    {
        var planted = new PlantedDataset(seed);
        var result = Purifier.Run(planted.Records, PlantedDataset.Options);
        var shuffled = Purifier.Run(planted.Shuffled(seed ^ 0x5a5a), PlantedDataset.Options with { Threads = 1 });
        Assert.Equal(Account(result), Account(shuffled));
        Assert.Equal(result.Rules.AsEnumerable(), shuffled.Rules);
        var order = planted.Records.Select(record => record.Id).ToList();
        Assert.Equal(result.Kept.Select(record => record.Id), result.Kept.Select(record => record.Id).OrderBy(order.IndexOf));
    }

    [Property(MaxTest = 6, Replay = "(43,1)")]
    public void Purifying_twice_changes_nothing(int seed)
    {
        var result = Purifier.Run(new PlantedDataset(seed).Records, PlantedDataset.Options);
        var again = Purifier.Run(result.Kept, PlantedDataset.Options);
        Assert.Equal(result.Kept.AsEnumerable(), again.Kept); // the same instances: not even a copy
        Assert.Empty(again.Removed);
        Assert.Empty(again.Changed);
    }

    /// <summary>A cell that is reduced takes part in everything else as if it had been primitive from the beginning.</summary>
    [Property(MaxTest = 2, Replay = "(44,1)")]
    public void Larger_cells_of_the_same_crystals_make_no_difference(int seed)
    {
        var planted = new PlantedDataset(seed);
        List<CrystalRecord> enlarged =
        [
            .. planted.Records.Select(record => record.Crystal.Count > 8 || planted.RuleOf.GetValueOrDefault(record.Id) == "atoms_too_close"
                ? record
                : record with { Crystal = record.Crystal.Supercell(1, 2, 1) }),
        ];
        var (result, other) = (Purifier.Run(planted.Records, PlantedDataset.Options), Purifier.Run(enlarged, PlantedDataset.Options));
        Assert.Equal(result.Kept.Select(record => record.Id), other.Kept.Select(record => record.Id));
        Assert.Equal(result.Kept.Select(record => record.Crystal.Count), other.Kept.Select(record => record.Crystal.Count));
        Assert.Equal(result.Removed.Select(removed => (removed.Id, removed.Rule)), other.Removed.Select(removed => (removed.Id, removed.Rule)));
    }

    [Fact]
    public void Several_labels_share_one_examination()
    {
        var records = new PlantedDataset(7).Records
            .Select(record => record with { Labels = record.Labels.ToImmutableDictionary().Add("constant", "1") }).ToList();
        var examined = Purifier.Examine(records, PlantedDataset.Options);
        Assert.Equal(["colour", "constant"], examined.LabelColumns.AsEnumerable());
        foreach (var label in new[] { "colour", "constant", null })
        {
            Assert.Equal(Account(Purifier.Run(records, PlantedDataset.Options with { Label = label })), Account(examined.Purify(label)));
        }

        Assert.Contains(examined.Purify("colour").Removed, removed => removed.IsContradiction);
        Assert.DoesNotContain(
            examined.Purify("constant").Removed, removed => removed.IsContradiction && removed.Rule != "repeated_id");
        Assert.Equal(records.Count, examined.Purify("constant").Labelled);
        Assert.Equal(0, examined.Purify(null).Labelled);
        var fault = Assert.Throws<LabelException>(() => examined.Purify("flavour"));
        Assert.Contains("colour, constant", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_agree_within_the_tolerance_and_unlabelled_copies_contradict_nobody()
    {
        var crystal = RockSalt();
        CrystalRecord Row(string id, string? label) => PlantedDataset.Record(id, crystal, label);
        string[] Kept(params CrystalRecord[] rows) =>
            [.. Purifier.Run(rows, PlantedDataset.Options).Kept.Select(record => record.Id)];
        Assert.Equal(["a-9"], Kept(Row("a-10", "0.35"), Row("a-9", "0.3"), Row("a-1", null)));
        Assert.Equal(["a-9"], Kept(Row("a-10", "0.30"), Row("a-9", "0.3")));
        Assert.Empty(Kept(Row("a-10", "0.351"), Row("a-9", "0.3"), Row("a-1", null)));
        Assert.Empty(Kept(Row("a-1", "0.30"), Row("a-2", "0.34"), Row("a-3", "0.38"))); // neighbours agree, the ends do not
        Assert.Empty(Kept(Row("a-1", "FM"), Row("a-2", "NM")));
        Assert.Empty(Kept(Row("a-1", "FM"), Row("a-2", "1")));
        Assert.Equal(["a-2"], Kept(Row("a-10", null), Row("a-2", null), PlantedDataset.Record("gas", RockSalt(20), "FM")));
    }

    [Fact]
    public void Labels_of_space_groups_are_compared_with_what_is_found()
    {
        CrystalRecord Row(string id, string group, Crystal crystal) =>
            new(id, crystal, ImmutableDictionary<string, string>.Empty.Add("space_group", group), id);
        var result = Purifier.Run([Row("right", "225", RockSalt()), Row("wrong", "221", RockSalt(5.2).Supercell(2, 1, 1))]);
        Assert.Equal(2, result.SpaceGroupLabelsCompared);
        Assert.Equal(new SpaceGroupDifference("wrong", "221", 225), Assert.Single(result.SpaceGroupLabelDiffers));
    }

    [Fact]
    public void The_sample_is_purified_the_same_in_any_order_and_once()
    {
        var records = CrystalSource.Read(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Select(result => result.GetRecordOrThrow()).ToList();
        var options = new PurificationOptions { Label = "prototype" };
        var result = Purifier.Run(records, options);
        output.WriteLine($"{result.Read} read, {result.Kept.Length} kept; {string.Join(", ", result.Rules.Select(rule => $"{rule.Rule} {rule.Removed}"))}");
        Assert.Equal(2000, result.Read);
        Assert.Equal(2000 - result.Removed.Count(removed => removed.Rule == "volume_out_of_range"), result.SpaceGroupLabelsCompared);
        Assert.Empty(result.SpaceGroupLabelDiffers);
        Assert.Equal(Account(result), Account(Purifier.Run([.. records.AsEnumerable().Reverse()], options)));
        var again = Purifier.Run(result.Kept, options);
        Assert.Equal(result.Kept.AsEnumerable(), again.Kept);
        Assert.Empty(again.Changed);
    }

    [SkippableFact]
    public void Real_crystals_are_purified_the_same_in_any_order_and_once()
    {
        Skip.IfNot(TestData.TryFind("datasets/tqc.jsonl.gz", out var source, out var reason), reason);
        var records = CrystalSource.Read(source).Take(400).Select(result => result.GetRecordOrThrow()).ToList();
        var options = new PurificationOptions { Label = "tqc" };
        var result = Purifier.Run(records, options);
        output.WriteLine($"{result.Kept.Length} kept, {result.Changed.Length} changed; {string.Join(", ", result.Rules.Select(rule => $"{rule.Rule} {rule.Removed}"))}");
        Assert.Empty(result.SpaceGroupLabelDiffers);
        Assert.NotEmpty(result.Changed);
        Assert.Equal(Account(result), Account(Purifier.Run([.. records.AsEnumerable().Reverse()], options)));
        var again = Purifier.Run(result.Kept, options);
        Assert.Equal(result.Kept.AsEnumerable(), again.Kept);
    }

    [Fact]
    public void Faults_of_the_reader_and_cancellation_come_through_and_leave_no_thread()
    {
        IEnumerable<CrystalRecord> Broken(Exception? fault, CancellationTokenSource? stop)
        {
            for (var number = 0; number < 50; number++)
            {
                yield return PlantedDataset.Record($"{number}", RockSalt(5 + (0.01 * number)), null);
            }

            stop?.Cancel();
            if (fault is not null)
            {
                throw fault;
            }
        }

        foreach (var fault in new Exception[] { new CrystalFormatException("a.jsonl", 51, "a crystal", "none"), new OperationCanceledException() })
        {
            Assert.Same(fault, Assert.Throws(fault.GetType(), () => Purifier.Run(Broken(fault, null))));
        }

        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => Purifier.Run(Broken(null, source), cancellationToken: source.Token));
        var reports = new List<int>();
        Purifier.Run(Broken(null, null), progress: new ListProgress(reports));
        Assert.Equal(50, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void No_crystals_are_purified_to_none()
    {
        var result = Purifier.Run([]);
        Assert.Equal(0, result.Read);
        Assert.Empty(result.Kept);
        Assert.Empty(result.Removed);
    }

    private static Crystal RockSalt(double a = 5.6)
    {
        var (half, sodium, chlorine) = (a / 2, Element.FromSymbol("Na"), Element.FromSymbol("Cl"));
        return new(new Lattice(new(0, half, half), new(half, 0, half), new(half, half, 0)), [sodium, chlorine], [default, new(0.5, 0.5, 0.5)]);
    }

    // All that a result says, in an order of its own.
    private static IEnumerable<string> Account(PurificationResult result) =>
        result.Kept.Select(record => $"kept {record.Id} {record.Crystal.Count}")
            .Concat(result.Removed.Select(removed => $"{removed.Id} {removed.Rule} {removed.Reason} {removed.KeptAs} {string.Join(' ', removed.Duplicates)}"))
            .Concat(result.Changed.Select(changed => $"{changed.Id} {changed.Change}"))
            .Order(StringComparer.Ordinal);

    private sealed class ListProgress(List<int> reports) : IProgress<int>
    {
        public void Report(int value) => reports.Add(value);
    }
}
