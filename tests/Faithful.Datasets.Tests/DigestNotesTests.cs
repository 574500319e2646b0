using Faithful.Testing;

namespace Faithful.Datasets.Tests;

public sealed class DigestNotesTests : IDisposable
{
    private static readonly DateTime LongAgo = DateTime.UtcNow.AddHours(-1);

    private readonly TemporaryFolder folder = new();
    private readonly DigestNotes notes;
    private readonly string source;

    public DigestNotesTests()
    {
        notes = new(folder["notes"]);
        source = folder.Write("data.jsonl", "one");
        File.SetLastWriteTimeUtc(source, LongAgo);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_digest_is_that_of_the_content_with_and_without_a_note()
    {
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source));
        Assert.Single(Directory.GetFiles(folder["notes"]));
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source));
    }

    [Fact]
    public void A_note_saves_reading()
    {
        string before = notes.OfPath(source);
        using (FileStream stream = File.OpenWrite(source)) // in place, the same length, and the old time: what no stamp can see
        {
            stream.Write("two"u8);
        }

        File.SetLastWriteTimeUtc(source, LongAgo);
        Assert.Equal(before, notes.OfPath(source));
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source, afresh: true));
    }

    [Fact]
    public void A_changed_file_is_read_again()
    {
        notes.OfPath(source);
        folder.Write("data.jsonl", "three");
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source));
        File.SetLastWriteTimeUtc(source, LongAgo);
        folder.Write("data.jsonl", "seven");
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source));
    }

    [Fact]
    public void A_file_that_was_touched_a_moment_ago_gets_no_note()
    {
        folder.Write("data.jsonl", "two");
        notes.OfPath(source);
        Assert.False(Directory.Exists(folder["notes"]));
    }

    [Fact]
    public void A_note_that_is_damaged_or_cannot_be_written_does_no_harm()
    {
        notes.OfPath(source);
        File.WriteAllText(Directory.GetFiles(folder["notes"])[0], "nonsense");
        Assert.Equal(ContentDigest.OfPath(source), notes.OfPath(source));
        Assert.Equal(ContentDigest.OfPath(source), new DigestNotes(Path.Combine(source, "no folder")).OfPath(source));
    }

    [Fact]
    public void A_folder_is_its_files_and_their_names()
    {
        string first = folder.Write("many/a.vasp", "one"), second = folder.Write("many/deep/b.vasp", "two");
        File.SetLastWriteTimeUtc(first, LongAgo);
        File.SetLastWriteTimeUtc(second, LongAgo);
        string before = notes.OfPath(folder["many"]), stamp = DigestNotes.Stamp(folder["many"]);
        Assert.Equal(ContentDigest.OfPath(folder["many"]), before);
        File.Move(second, folder["many/deep/c.vasp"]);
        Assert.NotEqual(stamp, DigestNotes.Stamp(folder["many"]));
        Assert.Equal(ContentDigest.OfPath(folder["many"]), notes.OfPath(folder["many"]));
        Assert.NotEqual(before, notes.OfPath(folder["many"]));
    }
}
