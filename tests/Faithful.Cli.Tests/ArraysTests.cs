using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Faithful.Models;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>The command <c>arrays</c>: the inputs of a model for other runtimes.</summary>
public sealed class ArraysTests : IDisposable
{
    private static readonly string Model = Path.Combine(TestData.RepositoryRoot, PretrainedModels.FolderName, "cgnn-tqc");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_holds_every_input_of_the_model_with_its_type_and_shape()
    {
        string[] sources = [.. Directory.EnumerateFiles(TestData.Examples).Order(StringComparer.Ordinal).Take(3)];
        ProgramRun run = ProgramRun.Of(["arrays", .. sources, "--model", Model, "--out", _folder["arrays.json"], "--json"]);
        Assert.Equal((0, 3), (run.ExitCode, run.Json.GetProperty("crystals").GetInt32()));
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["arrays.json"]));
        Assert.Equal(3, json.RootElement.GetProperty("crystals").GetArrayLength());
        JsonElement arrays = json.RootElement.GetProperty("arrays");
        ModelCard card = ModelCard.Read(Model);
        Assert.Equal(card.Inputs, arrays.EnumerateObject().Select(array => array.Name));
        foreach (ModelInput input in card.GraphInputs)
        {
            JsonElement array = arrays.GetProperty(input.Name);
            Assert.Equal(input.IsInteger ? "int64" : "float32", array.GetProperty("type").GetString());
            int[] shape = [.. array.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            Assert.Equal(input.RowShape, shape[1..]);
            Assert.Equal(shape.Aggregate((product, size) => product * size), array.GetProperty("values").GetArrayLength());
        }
    }

    [Fact]
    public void NumPy_arrays_are_the_same_numbers_in_the_same_bytes_each_time()
    {
        string source = Directory.EnumerateFiles(TestData.Examples).Order(StringComparer.Ordinal).First();
        Assert.Equal(0, ProgramRun.Of("arrays", source, "--model", Model, "--out", _folder["one.npz"]).ExitCode);
        Assert.Equal(0, ProgramRun.Of("arrays", source, "--model", Model, "--out", _folder["two.npz"]).ExitCode);
        Assert.Equal(File.ReadAllBytes(_folder["one.npz"]), File.ReadAllBytes(_folder["two.npz"]));
        Assert.Equal(0, ProgramRun.Of("arrays", source, "--model", Model, "--out", _folder["one.json"]).ExitCode);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["one.json"]));
        using ZipArchive archive = ZipFile.OpenRead(_folder["one.npz"]);
        foreach (JsonProperty array in json.RootElement.GetProperty("arrays").EnumerateObject())
        {
            using var bytes = new MemoryStream();
            using (Stream entry = archive.GetEntry($"{array.Name}.npy")!.Open())
            {
                entry.CopyTo(bytes);
            }

            ReadOnlySpan<byte> file = bytes.ToArray();
            Assert.True(file[0] == 0x93 && file[1..8].SequenceEqual("NUMPY\u0001\0"u8));
            int start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
            Assert.Equal(0, start % 64);
            string header = Encoding.ASCII.GetString(file[10..start]);
            bool isInteger = array.Value.GetProperty("type").GetString() == "int64";
            Assert.StartsWith($"{{'descr': '{(isInteger ? "<i8" : "<f4")}', 'fortran_order': False, 'shape': (", header, StringComparison.Ordinal);
            Assert.EndsWith("\n", header, StringComparison.Ordinal);
            ReadOnlySpan<byte> values = file[start..];
            foreach (JsonElement value in array.Value.GetProperty("values").EnumerateArray())
            {
                Assert.Equal(value.GetDouble(), isInteger ? BinaryPrimitives.ReadInt64LittleEndian(values) : (double)BinaryPrimitives.ReadSingleLittleEndian(values), 1e-6);
                values = values[(isInteger ? 8 : 4)..];
            }

            Assert.True(values.IsEmpty);
        }
    }

    [Fact]
    public void Crystals_that_the_model_cannot_take_are_named_and_left_out()
    {
        // A chain of atoms at distances that are all different has no smaller cell.
        StringBuilder text = new("chain\n1\n4 0 0\n0 4 0\n0 0 1300\nNa\n401\nDirect\n");
        for (int i = 0; i < 401; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"0 0 {(i + 0.3 * Math.Sin(i * i)) / 401:0.00000000}\n");
        }

        string large = _folder.Write("POSCAR", text.ToString());
        string small = Directory.EnumerateFiles(TestData.Examples).Order(StringComparer.Ordinal).First();
        ProgramRun both = ProgramRun.Of("arrays", large, small, "--model", Model, "--out", _folder["arrays.json"], "--json");
        Assert.Equal(0, both.ExitCode);
        Assert.Contains("400", Assert.Single(both.Json.GetProperty("left_out").EnumerateArray()).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, both.Json.GetProperty("crystals").GetInt32());
        ProgramRun none = ProgramRun.Of("arrays", large, "--model", Model, "--out", _folder["none.json"]);
        Assert.Equal(1, none.ExitCode);
        Assert.False(File.Exists(_folder["none.json"]));
    }

    [Fact]
    public void A_file_of_another_kind_and_a_folder_without_a_model_are_refused()
    {
        ProgramRun kind = ProgramRun.Of("arrays", TestData.Examples, "--model", Model, "--out", _folder["arrays.csv"]);
        Assert.Equal(2, kind.ExitCode);
        Assert.Contains(".npz or .json", Assert.Single(kind.Faults), StringComparison.Ordinal);
        Assert.Equal(1, ProgramRun.Of("arrays", TestData.Examples, "--model", _folder["nothing"], "--out", _folder["arrays.json"]).ExitCode);
    }
}
