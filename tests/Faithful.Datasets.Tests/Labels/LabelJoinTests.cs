using Faithful.Crystals.Formats;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Labels;

public sealed class LabelJoinTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(Replay = "(51,1)")]
    public void Every_id_is_joined_without_a_structure_or_without_a_label(byte[] labelled, byte[] present)
    {
        var table = Table([.. labelled.Distinct()]);
        var (records, report) = table.Join(present.Distinct().Select(id => LabelTableTests.Record($"mp-{id}")));
        Assert.Equal(present.Distinct().Select(id => $"mp-{id}"), records.Select(record => record.Id));
        Assert.Equal(labelled.Distinct().Intersect(present).Count(), report.Joined);
        Assert.Equal(labelled.Distinct().Except(present).Select(id => $"mp-{id}"), report.IdsWithoutStructure);
        Assert.Equal(present.Distinct().Except(labelled).Select(id => $"mp-{id}"), report.StructuresWithoutLabel);
        Assert.Empty(report.Conflicts);
        Assert.All(records, record => Assert.Equal(labelled.Contains(byte.Parse(record.Id[3..])), record.Labels.ContainsKey("gap")));
    }

    [Fact]
    public void Labels_of_the_crystal_stay_and_equal_ones_are_no_conflict()
    {
        var table = Read("id,gap,tqc,note\na,1.50,ES,\n");
        var (records, report) = table.Join([LabelTableTests.Record("a", ("gap", "1.5"), ("tqc", "ES"), ("note", "own"), ("other", "x"))]);
        var labels = Assert.Single(records).Labels;
        Assert.Equal(("1.5", "ES", "own", "x"), (labels["gap"], labels["tqc"], labels["note"], labels["other"]));
        Assert.Equal(1, report.Joined);
    }

    [Fact]
    public void A_label_that_differs_makes_an_error_with_both_places()
    {
        var join = new LabelJoin(Read("id,tqc\na,ES\nb,NLC\n"));
        CrystalReadResult[] results =
        [
            .. join.Apply(new[]
            {
                CrystalReadResult.Success(LabelTableTests.Record("a", ("tqc", "NLC"))),
                CrystalReadResult.Failure(new CrystalFormatException("x", 0, "y", "z")),
                CrystalReadResult.Success(LabelTableTests.Record("b", ("tqc", "NLC"))),
            }),
        ];
        Assert.Equal([false, false, true], results.Select(result => result.IsSuccess));
        Assert.Contains("labels.csv(2)", results[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("a.vasp", results[0].Error!.Message, StringComparison.Ordinal);
        Assert.Contains("\"NLC\"", results[0].Error!.Found, StringComparison.Ordinal);
        Assert.Same(results[0].Error, Assert.Single(join.Report().Conflicts));
        Assert.Equal(2, join.Report().Joined);
    }

    [Fact]
    public void Labels_that_fit_no_crystal_at_all_are_an_error_that_shows_both_spellings()
    {
        var (_, report) = Read("id,tqc\na.vasp,ES\n").Join([LabelTableTests.Record("a")]);
        var fault = Assert.Throws<CrystalFormatException>(report.RequireMatch);
        Assert.Contains("\"a.vasp\"", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"a\"", fault.Message, StringComparison.Ordinal);
        Read("id,tqc\na,ES\n").Join([]).Report.RequireMatch();
    }

    [Fact]
    public void The_report_is_one_line_however_long_the_lists_are()
    {
        var (_, report) = Table([.. Enumerable.Range(0, 50).Select(id => (byte)id)]).Join([LabelTableTests.Record("mp-7"), LabelTableTests.Record("x")]);
        Assert.EndsWith(
            "gap joined to 1 crystals; 49 ids without a structure (mp-0, mp-1, mp-2, …); 1 structures without a label (x)", report.ToString(), StringComparison.Ordinal);
    }

    private static LabelTable Table(byte[] ids)
    {
        var builder = new LabelTableBuilder("table");
        foreach (var id in ids)
        {
            builder.Add(new LabelRow($"mp-{id}", new Dictionary<string, string> { ["gap"] = $"{id}" }, "table"));
        }

        return builder.Build();
    }

    private LabelTable Read(string text) => LabelTable.Read(folder.Write("labels.csv", text));
}
