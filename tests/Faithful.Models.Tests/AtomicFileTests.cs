namespace Faithful.Models.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("faithful-file-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_written_file_holds_the_text_and_leaves_nothing_beside_it()
    {
        string path = Path.Combine(_folder.FullName, "new", "file.txt");
        AtomicFile.WriteText(path, "Å");
        Assert.Equal([0xC3, 0x85], File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_old_file_alone()
    {
        string path = Path.Combine(_folder.FullName, "file.txt");
        AtomicFile.WriteText(path, "old");
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder.FullName));
    }
}
