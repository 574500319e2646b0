using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Faithful.Datasets.Purification;
using Faithful.Testing;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines.Tests.Purification;

/// <summary>Rows stay or go as the rules of the data sets say.</summary>
public sealed class PurificationTests
{
    private static readonly CrystalInput Dense = new()
    {
        Id = "dense",
        Structure = "Si\n1.0\n1 0 0\n0 1 0\n0 0 1\nSi\n1\nDirect\n0 0 0\n",
    };

    private readonly MLContext _context = new(1);

    [Fact]
    public void The_rows_that_are_kept_are_those_of_the_purifier()
    {
        CrystalRecord[] records = [.. CrystalSource.Read(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Take(60).Select(result => result.GetRecordOrThrow())];
        records = [.. records, .. records.Take(5), .. records.Skip(5).Take(5).Select(record => record with { Id = $"copy-of-{record.Id}" })];
        PurificationResult expected = Purifier.Run(records, new PurificationOptions { Label = "prototype" });
        IDataView data = _context.Data.LoadCrystals(records, ["prototype"]);
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals("prototype").Fit(data);
        string[] kept = [.. expected.Kept.Select(record => record.Id)];
        Assert.InRange(kept.Length, 20, 60);
        Assert.Equal(kept, purification.Transform(data).GetColumn<string>("Id"));
        Assert.Equal(kept, purification.Transform(data).GetColumn<string>("Id")); // and once more
        Assert.Equal((expected.Read, kept.Length), (purification.Report.Read, purification.Report.Kept));
        Assert.True(expected.Rules.SequenceEqual(purification.Report.Rules));
        Assert.Equal(expected.Removed.Select(removal => (removal.Id, removal.Rule)), purification.Report.Removed.Select(removal => (removal.Id, removal.Rule)));
    }

    [Fact]
    public void Rows_that_were_never_seen_are_judged_alone()
    {
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals().Fit(_context.View(TestCrystals.Rows[..2]));
        IDataView other = _context.View(Dense, TestCrystals.Rows[2], TestCrystals.Rows[0], new() { Id = "broken", Structure = TestCrystals.Unreadable });
        Assert.Equal([TestCrystals.Rows[2].Id, TestCrystals.Rows[0].Id], purification.Transform(other).GetColumn<string>("Id"));
    }

    [Fact]
    public void Equal_rows_without_identifier_are_told_apart_by_their_order()
    {
        string[] structures = [TestCrystals.Rows[0].Structure, TestCrystals.Rows[1].Structure, TestCrystals.Rows[0].Structure, Dense.Structure];
        IDataView data = _context.Data.LoadFromEnumerable(structures.Select((structure, index) => new NumberedRow { Structure = structure, Number = index }));
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals().Fit(data);
        Assert.Equal([0, 1], purification.Transform(data).GetColumn<int>(nameof(NumberedRow.Number)));
        Assert.Equal(["row 3", "row 4"], purification.Report.Removed.Select(removal => removal.Id));
    }

    [Theory]
    [InlineData(BadStructure.Drop, false)]
    [InlineData(BadStructure.Missing, true)]
    public void Rows_that_cannot_be_read_go_or_stay_as_the_option_says(BadStructure option, bool stays)
    {
        IDataView data = _context.View(TestCrystals.WithOneUnreadable);
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals(new CrystalPurificationOptions { OnBadStructure = option }).Fit(data);
        Assert.Equal(stays, purification.Transform(data).GetColumn<string>("Id").Contains("broken"));
        Assert.StartsWith("broken(5): expected", Assert.Single(purification.Report.Unreadable), StringComparison.Ordinal);
        Assert.Equal(TestCrystals.WithOneUnreadable.Length, purification.Report.Read);
    }

    [Fact]
    public void Rows_that_cannot_be_read_may_end_the_work() => Assert.Throws<CrystalFormatException>(
        () => _context.Transforms.PurifyCrystals(new CrystalPurificationOptions { OnBadStructure = BadStructure.Throw }).Fit(_context.View(TestCrystals.WithOneUnreadable)));

    [Fact]
    public void Labels_of_any_type_tell_copies_from_contradictions()
    {
        IDataView Data(float first, float second) => _context.Data.LoadFromEnumerable(new[]
        {
            new LabelledRow { Id = "a", Structure = TestCrystals.Rows[0].Structure, Energy = first, Class = first > 0 ? "x" : "y" },
            new LabelledRow { Id = "b", Structure = TestCrystals.Rows[0].Structure, Energy = second, Class = second > 0 ? "x" : "y" },
        });
        string[] Kept(IDataView data, string label) => [.. _context.Transforms.PurifyCrystals(label).Fit(data).Transform(data).GetColumn<string>("Id")];
        IDataView Keyed(IDataView data) => _context.Transforms.Conversion.MapValueToKey("Key", "Class").Fit(data).Transform(data);
        Assert.Equal(["a"], Kept(Data(1, 1.01f), "Energy"));
        Assert.Empty(Kept(Data(1, -1), "Energy"));
        Assert.Equal(["a"], Kept(Keyed(Data(1, 2)), "Key"));
        Assert.Empty(Kept(Keyed(Data(1, -2)), "Key"));
        Assert.Empty(Kept(Data(1, -2), "Class"));
    }

    [Fact]
    public void A_label_must_be_there_and_readable()
    {
        IDataView data = _context.Data.LoadFromEnumerable([new NumberedRow { Structure = Dense.Structure }]);
        Assert.Contains("'none'", Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.PurifyCrystals("none").Fit(data)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.PurifyCrystals("Number").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _context.Transforms.PurifyCrystals("Number").Append(_context.Transforms.CopyColumns("Copy", "Number")).Fit(data));
        IDataView unlabelled = _context.Data.LoadFromEnumerable([new LabelledRow { Structure = TestCrystals.Rows[0].Structure, Energy = float.NaN }]);
        Assert.Throws<LabelException>(() => _context.Transforms.PurifyCrystals("Energy").Fit(unlabelled));
    }

    [Fact]
    public void Without_rows_nothing_is_learned_and_nothing_is_left()
    {
        PurifyCrystalsTransformer purification = _context.Transforms.PurifyCrystals("Class").Fit(_context.Data.LoadFromEnumerable(Array.Empty<LabelledRow>()));
        Assert.Equal(0, purification.Report.Read);
        Assert.Empty(purification.Transform(_context.View()).GetColumn<string>("Id"));
    }

    [Fact]
    public void Options_have_documented_defaults_and_name_all_faults()
    {
        var options = new CrystalPurificationOptions();
        Assert.Equal(
            ("Structure", "Id", BadStructure.Drop, 256, new PurificationOptions()),
            (options.StructureColumnName, options.IdColumnName, options.OnBadStructure, options.ReadAhead, options.Rules));
        Assert.Empty(options.Validate());
        CrystalPurificationOptions wrong = options with { ReadAhead = 0, Rules = new() { MaximumAtoms = 0 } };
        Assert.Equal(["ReadAhead must lie in 1..65536, found 0.", "MaximumAtoms must be at least 1."], wrong.Validate());
        Assert.Throws<ArgumentException>(() => _context.Transforms.PurifyCrystals(wrong));
    }

    private sealed class NumberedRow
    {
        public string Structure { get; set; } = "";

        public int Number { get; set; }
    }

    private sealed class LabelledRow
    {
        public string Id { get; set; } = "";

        public string Structure { get; set; } = "";

        public float Energy { get; set; }

        public string Class { get; set; } = "";
    }
}
