using Faithful.Crystals.Formats;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Models.Tests.Packing;

public sealed class PackedWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string[] Files => [.. Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName)!];

    [Fact]
    public void A_writer_that_is_not_completed_leaves_nothing()
    {
        using (var writer = new PackedDatasetWriter(_folder["a.packed"], PackedSamples.Key()))
        {
            writer.Reject(new RejectedEntry("a", "b", "c"));
            Assert.Single(Files);
        }

        Assert.Empty(Files);
    }

    [Fact]
    public void A_cancelled_building_leaves_what_was_there()
    {
        PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(3));
        byte[] before = File.ReadAllBytes(_folder["a.packed"]);
        using var cancellation = new CancellationTokenSource();
        IEnumerable<CrystalReadResult> source = PackedSamples.Records(300).Select((record, i) =>
        {
            if (i == 200)
            {
                cancellation.Cancel();
            }

            return CrystalReadResult.Success(record);
        });
        Assert.ThrowsAny<OperationCanceledException>(
            () => PackedDatasetBuilder.Build(_folder["a.packed"], PackedSamples.Key(), source, cancellation: cancellation.Token));
        Assert.Equal(["a.packed"], Files);
        Assert.Equal(before, File.ReadAllBytes(_folder["a.packed"]));
    }

    [Fact]
    public void A_source_that_fails_leaves_nothing_and_its_own_fault()
    {
        IEnumerable<CrystalReadResult> source = PackedSamples.Records(100)
            .Select((record, i) => i < 90 ? CrystalReadResult.Success(record) : throw new InvalidDataException("broken"));
        Assert.Throws<InvalidDataException>(() => PackedDatasetBuilder.Build(_folder["a.packed"], PackedSamples.Key(), source));
        Assert.Empty(Files);
    }

    [Fact]
    public void What_an_ended_writer_left_is_deleted_and_what_a_living_one_writes_is_not()
    {
        File.WriteAllText(_folder["a.packed.4711-left.part"], "left behind");
        using (var living = new PackedDatasetWriter(_folder["a.packed"], PackedSamples.Key()))
        {
            Assert.DoesNotContain("a.packed.4711-left.part", Files);
            PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(2));
            Assert.Equal(2, Files.Length);
            living.Complete();
        }

        Assert.Equal(["a.packed"], Files);
        using var data = PackedDataset.Open(_folder["a.packed"]);
        Assert.Equal(0, data.Count); // the one that was renamed last
    }

    [Fact]
    public void Entries_without_a_crystal_and_repeated_ids_are_left_out_and_kept_in_mind()
    {
        CrystalRecord[] records = PackedSamples.Records(4);
        var bad = new CrystalFormatException("data.jsonl", 3, "a lattice", "none");
        CrystalReadResult[] source =
        [
            CrystalReadResult.Success(records[1]), CrystalReadResult.Success(records[2]), CrystalReadResult.Failure(bad),
            CrystalReadResult.Success(records[1] with { Origin = "data.jsonl(4)" }),
        ];
        List<string> heard = [];
        PackedDatasetBuilder.Build(
            _folder["a.packed"], PackedSamples.Key(), source, new() { Source = "data.jsonl", Rejected = fault => heard.Add(fault.Message) });
        using (var data = PackedDataset.Open(_folder["a.packed"], "data.jsonl"))
        {
            Assert.Equal(2, data.Count);
            Assert.Equal(
                [
                    "data.jsonl(3): expected a lattice, found none",
                    $"data.jsonl(4): expected each id once (first in data.jsonl(2)), found the id \"{records[1].Id}\" again",
                ],
                data.Rejected.Select(entry => entry.ToString()));
        }

        Assert.Equal(2, heard.Count);
        CrystalReadResult[] disordered = [CrystalReadResult.Success(records[0]), CrystalReadResult.Failure(new CrystalFormatException("data.jsonl", 9, "whole atoms", "half ones") { IsDisordered = true })];
        PackedDatasetBuilder.Build(_folder["a.packed"], PackedSamples.Key(), disordered, new() { Strict = true, SkipsDisordered = true });
        using (var data = PackedDataset.Open(_folder["a.packed"]))
        {
            Assert.True(Assert.Single(data.Rejected).IsDisordered);
        }

        Assert.Throws<CrystalFormatException>(
            () => PackedDatasetBuilder.Build(_folder["b.packed"], PackedSamples.Key(), source, new() { Strict = true }));
        Assert.Equal(["a.packed"], Files);
    }

    [Fact]
    public void A_file_made_of_something_else_is_not_used_and_says_why()
    {
        string path = PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(1));
        PackedDatasetKey key = PackedSamples.Key();
        Assert.True(PackedDataset.TryOpen(path, key, "", out PackedDataset? data, out string? problem));
        data.Dispose();
        Assert.Null(problem);
        Assert.Equal("made of another source", Problem(path, key with { SourceSha256 = "b" }));
        Assert.Equal("made of other options", Problem(path, key with { Preparation = key.Preparation with { Cutoff = 4.5 } }));
        Assert.Equal("made of another version of the program", Problem(path, key with { Program = "newer" }));
        Assert.Null(Problem(_folder["missing.packed"], key));
        File.WriteAllText(path, "something");
        Assert.Contains("another kind", Problem(path, key), StringComparison.Ordinal);
    }

    [Fact]
    public void File_names_tell_sources_and_options_apart()
    {
        PackedDatasetKey key = PackedSamples.Key();
        PackedDatasetKey[] keys =
        [
            key, key with { SourceSha256 = new string('a', 63) + 'b' }, key with { Preparation = key.Preparation with { UsesSymmetry = true } },
            key with { Preparation = key.Preparation with { MaxEdges = 9 } }, key with { Preparation = key.Preparation with { Cutoff = 0.1 + 0.2 } },
        ];
        Assert.Equal(keys.Length, keys.Select(each => each.FileName()).Distinct().Count());
        Assert.Equal(key.FileName(), (key with { Program = "newer" }).FileName());
    }

    [Fact]
    public void Many_threads_may_read_at_once_and_the_end_comes_when_all_have_read()
    {
        string path = PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(30));
        string expected;
        using (var data = PackedDataset.Open(path))
        {
            expected = PackedSamples.ReadAll(data);
            Parallel.For(0, 16, _ => Assert.Equal(expected, PackedSamples.ReadAll(data)));
        }

        for (int trial = 0; trial < 20; trial++)
        {
            var data = PackedDataset.Open(path);
            Task[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                while (true)
                {
                    Assert.Equal(expected, PackedSamples.ReadAll(data));
                }
            }))];
            Thread.Sleep(5);
            data.Dispose();
            foreach (Task reader in readers)
            {
                Assert.Throws<ObjectDisposedException>(() => reader.GetAwaiter().GetResult());
            }
        }
    }

    [Fact]
    public void A_reader_keeps_its_file_when_a_new_one_takes_its_place()
    {
        string path = PackedSamples.Write(_folder["a.packed"], PackedSamples.Records(5));
        using var before = PackedDataset.Open(path);
        string expected = PackedSamples.ReadAll(before);
        PackedSamples.Write(path, PackedSamples.Records(9, seed: 2));
        Assert.Equal(expected, PackedSamples.ReadAll(before));
        using var after = PackedDataset.Open(path);
        Assert.Equal(9, after.Count);
    }

    private static string? Problem(string path, PackedDatasetKey key)
    {
        Assert.False(PackedDataset.TryOpen(path, key, "", out _, out string? problem));
        return problem;
    }
}
