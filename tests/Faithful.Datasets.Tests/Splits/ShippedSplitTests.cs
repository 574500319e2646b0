using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Datasets.Tests.Splits;

/// <summary>
/// The test parts of published models are dealt out anew from a seed, so the default split must stay what it was. The digests
/// were taken from the program that trained the first shipped model.
/// </summary>
public sealed class ShippedSplitTests
{
    [Theory]
    [InlineData(0, 0.1, 0.1, "3b7e67bbd09777f9e2752891bb5c09de9dd9e982")]
    [InlineData(1, 0.1, 0.1, "9bd8be71cbe7883a7ef191c661015ae3ec974c1e")]
    [InlineData(7, 0.25, 0.05, "2e01836dca8fca50355a0dd945dc43f1faec95bf")]
    public void The_split_of_the_sample_never_changes(int seed, double test, double validation, string digest)
    {
        var records = CrystalSource.Read(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl"))
            .Select(result => result.GetRecordOrThrow()).ToList();
        var split = DataSplit.Create(records, new SplitOptions { Seed = seed, TestFraction = test, ValidationFraction = validation });
        Assert.Equal(digest, Digest([.. records.Select(record => record.Id)], split));
    }

    [SkippableTheory]
    [InlineData(0, "6772511d72347ebda3146320a480b562c83f81a2")]
    [InlineData(1, "47fd7b7bb2e6b2c59858bdf20f8fc6a1e878c9ad")]
    public void The_split_of_the_topological_data_never_changes(int seed, string digest)
    {
        Skip.IfNot(TestData.TryFind("datasets/tqc.jsonl.gz", out var source, out var reason), reason);
        var records = CrystalSource.Read(source).Where(result => result.IsSuccess).Select(result => result.Record!).ToList();
        Assert.Equal(digest, Digest([.. records.Select(record => record.Id)], DataSplit.Create(records, new SplitOptions { Seed = seed })));
    }

    /// <summary>The first 40 digits of the SHA-256 of lines of id, tab and part, in ordinal order.</summary>
    private static string Digest(string[] ids, DataSplit split)
    {
        var parts = new[] { (Name: "training", Rows: split.Training), (Name: "validation", Rows: split.Validation), (Name: "test", Rows: split.Test) };
        var lines = parts.SelectMany(part => part.Rows.Select(row => $"{ids[row]}\t{part.Name}\n")).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..40];
    }
}
