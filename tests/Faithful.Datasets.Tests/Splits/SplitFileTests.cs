using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Datasets.Tests.Splits;

public sealed class SplitFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Property(Replay = "(61,1)")]
    public void A_saved_split_is_the_split_in_whatever_order_the_rows_come(byte[] groups, int seed, bool folds, int shuffle)
    {
        var options = new SplitOptions { Kind = SplitKind.Formula, Seed = seed, ValidationFraction = 0.2, Folds = folds && groups.Distinct().Count() > 1 ? 2 : 0 };
        string[] ids = [.. groups.Select((group, row) => $"{group}-{row} \"ü\"")];
        var split = DataSplit.Create([.. groups.Select(group => $"{group}")], options);
        var file = SplitFile.Create(split, ids, options, "some/where/sample.jsonl", new string('a', 64));
        file.Write(folder["split.json"]);
        var read = SplitFile.Read(folder["split.json"]);
        Assert.Equal(options, read.Options);
        Assert.Equal(("sample.jsonl", new string('a', 64), file.Digest), (read.Source, read.SourceSha256, read.Digest));

        var order = Enumerable.Range(0, ids.Length).ToArray();
        new Random(shuffle).Shuffle(order);
        var applied = read.Apply([.. order.Select(row => ids[row])]);
        Assert.Equal(split.Training, applied.Training.Select(row => order[row]).Order());
        Assert.Equal(split.Validation, applied.Validation.Select(row => order[row]).Order());
        Assert.Equal(split.Test, applied.Test.Select(row => order[row]).Order());
        applied.Verify([.. order.Select(row => $"{groups[row]}")]);
    }

    [Fact]
    public void The_same_split_has_the_same_bytes_and_digest_and_another_has_others()
    {
        string[] keys = [.. Enumerable.Range(0, 60).Select(row => $"k{row}")];
        SplitFile File(int seed, IEnumerable<int> order) => SplitFile.Create(
            DataSplit.Create([.. order.Select(row => keys[row])], new SplitOptions { Seed = seed }), [.. order.Select(row => $"mp-{row}")], new SplitOptions { Seed = seed }, "a", null);
        byte[] Bytes(SplitFile file)
        {
            file.Write(folder["split.json"]);
            return System.IO.File.ReadAllBytes(folder["split.json"]);
        }

        var (straight, reversed, other) = (File(0, Enumerable.Range(0, 60)), File(0, Enumerable.Range(0, 60).Reverse()), File(1, Enumerable.Range(0, 60)));
        Assert.Equal(Bytes(straight), Bytes(reversed));
        Assert.Equal(straight.Digest, reversed.Digest);
        Assert.NotEqual(straight.Digest, other.Digest);
        Assert.Equal(["split.json"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Three_lists_of_ids_are_enough()
    {
        var file = Read("""{"training":["c","a"],"validation":[],"test":["b"]}""");
        Assert.Equal(["a", "c"], file.Training.AsEnumerable());
        Assert.Null(file.Options);
        Assert.Null(file.SourceSha256);
        Assert.Equal([1], file.Apply(["a", "b", "c"]).Test.AsEnumerable());
    }

    [Fact]
    public void Every_row_needs_a_part_and_every_id_a_row_or_a_crystal_without_a_label()
    {
        var file = Read("""{"training":["a","c"],"validation":["d"],"test":["b"]}""");
        Assert.Contains("none for e, f, g and 1 more", Fault(["a", "b", "c", "d", "e", "f", "g", "h"]), StringComparison.Ordinal);
        Assert.Contains("c, d, which the data does not have", Fault(["a", "b"]), StringComparison.Ordinal);
        Assert.Equal([0], file.Apply(["a", "b"], ["c", "d", "z"]).Training.AsEnumerable());
        string Fault(string[] ids) => Assert.Throws<SplitException>(() => file.Apply(ids)).Message;
    }

    [Theory]
    [InlineData("", "(1)")]
    [InlineData("{\n\"training\": [", "(2)")]
    [InlineData("[]", "a JSON object")]
    [InlineData("""{"training":[],"validation":[]}""", "\"test\"")]
    [InlineData("""{"training":[],"validation":[],"test":[1]}""", "texts in \"test\"")]
    [InlineData("""{"training":["a"],"validation":[],"test":["a"]}""", "\"a\" again")]
    [InlineData("""{"format_version":2,"training":[],"validation":[],"test":[]}""", "format version 1, found 2")]
    [InlineData("""{"kind":"fold","training":[],"validation":[],"test":[]}""", "chemical-system as \"kind\", found \"fold\"")]
    [InlineData("""{"kind":"group","seed":0.5,"training":[],"validation":[],"test":[]}""", "a whole number as \"seed\"")]
    [InlineData("""{"kind":"group","folds":3,"fold":4,"training":[],"validation":[],"test":[]}""", "folds in their range")]
    [InlineData("""{"source":3,"training":[],"validation":[],"test":[]}""", "a text as \"source\"")]
    public void A_file_that_is_no_split_says_where_and_why(string text, string message)
    {
        var fault = Assert.Throws<SplitException>(() => Read(text));
        Assert.Contains("split.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_file_that_does_not_exist_is_said() =>
        Assert.Contains("nothing of this name", Assert.Throws<SplitException>(() => SplitFile.Read(folder["none.json"])).Message, StringComparison.Ordinal);

    private SplitFile Read(string text) => SplitFile.Read(folder.Write("split.json", text));
}
