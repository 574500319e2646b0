using Faithful.Networks.Training;
using Faithful.Testing;

namespace Faithful.Networks.Tests.Training;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Reading_gives_what_was_written()
    {
        string path = Write();
        SafeTensors read = SafeTensors.Read(path);
        Assert.Equal(["a", "b", "empty"], read.Names);
        Assert.Equal([1f, -2.5f, float.MaxValue, 0f, -0f, 1e-40f], read.Find("a")!);
        Assert.Equal([7f], read.Find("b")!);
        Assert.Empty(read.Find("empty")!);
        Assert.Null(read.Find("missing"));
        Assert.Equal("12", read.Metadata["epoch"]);
    }

    [Fact]
    public void A_file_cut_short_at_any_byte_is_refused()
    {
        byte[] whole = File.ReadAllBytes(Write());
        string cut = _folder["cut"];
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(cut, whole[..length]);
            RunFolderException error = Assert.Throws<RunFolderException>(() => SafeTensors.Read(cut));
            Assert.Equal(cut, error.Origin);
        }
    }

    [Fact]
    public void Garbage_is_refused()
    {
        string path = _folder["garbage"];
        var random = new Random(1);
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            if (bytes.Length >= 8 && trial % 2 == 0)
            {
                bytes.AsSpan(1, 7).Clear(); // a header length that fits into the file
            }

            File.WriteAllBytes(path, bytes);
            Assert.Throws<RunFolderException>(() => SafeTensors.Read(path));
        }
    }

    private string Write()
    {
        var file = new SafeTensors();
        file.Metadata["epoch"] = "12";
        file.Add("a", [2, 3], [1f, -2.5f, float.MaxValue, 0f, -0f, 1e-40f]);
        file.Add("b", [], [7f]);
        file.Add("empty", [0, 3], []);
        string path = _folder["file.safetensors"];
        using FileStream stream = File.Create(path);
        file.Write(stream);
        return path;
    }
}
