using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.MaterialsJson;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class ConvertTests : IDisposable
{
    private const string Disordered =
        """{"data":[{"id":"mix","type":"structures","attributes":{"lattice_vectors":[[4,0,0],[0,4,0],[0,0,4]],"species":[{"name":"A","chemical_symbols":["Fe","Ni"],"concentration":[0.5,0.5]}],"species_at_sites":["A"],"cartesian_site_positions":[[0,0,0]]}}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("out.extxyz", "extxyz")]
    [InlineData("out.xyz.gz", "extxyz")]
    [InlineData("out.jsonl.gz", "jsonl")]
    [InlineData("out.json", "optimade")]
    [InlineData("out.optimade", "optimade")]
    [InlineData("out.cif", "cif")]
    [InlineData("out.cif.gz", "cif")]
    [InlineData("out", "poscar")]
    [InlineData("out/", "poscar")]
    [InlineData("out.zip", "poscar")]
    [InlineData("out.tar", "poscar")]
    [InlineData("out.tar.gz", "poscar")]
    public void The_name_of_the_output_tells_its_format_and_the_crystals_stay(string name, string format)
    {
        string source = Source(6);
        ProgramRun run = ProgramRun.Of("dataset", "convert", source, "--out", _folder[name], "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(format, run.Json.GetProperty("format").GetString());
        Assert.Equal(6, run.Json.GetProperty("crystals").GetInt32());
        List<CrystalRecord> before = Read(source), after = Read(_folder[name]);
        Assert.Equal(before.Select(record => record.Id), after.Select(record => record.Id));
        foreach ((CrystalRecord first, CrystalRecord second) in before.Zip(after))
        {
            Assert.Equal(first.Crystal.Species.AsEnumerable(), second.Crystal.Species);
            // CIF turns a left-handed basis round.
            double sign = first.Crystal.Lattice.IsRightHanded == second.Crystal.Lattice.IsRightHanded ? 1 : -1;
            Assert.True((first.Crystal.FractionalPositions[0] - (sign * second.Crystal.FractionalPositions[0])).Length < 1e-11);
            if (format != "poscar")
            {
                Assert.Equal(first.Labels.OrderBy(label => label.Key), second.Labels.OrderBy(label => label.Key));
            }
        }

        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length); // nothing else stays
    }

    [Theory]
    [InlineData("out")]
    [InlineData("out.zip")]
    [InlineData("out.tgz")]
    public void Crystals_may_be_one_CIF_file_each(string name)
    {
        string source = Source(3);
        Assert.Equal(0, ProgramRun.Of("dataset", "convert", source, "--out", _folder[name], "--format", "cif").ExitCode);
        List<CrystalRecord> after = Read(_folder[name]);
        Assert.Equal(["m-0", "m-1", "m-2"], after.Select(record => record.Id));
        Assert.All(after, record => Assert.EndsWith($"{record.Id}.cif", record.Origin, StringComparison.Ordinal));
        Assert.Equal("2.50", after[2].Labels["gap"]);
    }

    [Fact]
    public void Files_are_the_same_bytes_whenever_they_are_written()
    {
        string source = Source(3);
        foreach (string name in new[] { "a.zip", "a.tar.gz", "a.json", "a.extxyz", "a.cif" })
        {
            ProgramRun.Of("dataset", "convert", source, "--out", _folder[name]);
            byte[] first = File.ReadAllBytes(_folder[name]);
            Thread.Sleep(550); // the clock of zip goes in steps of two seconds: one of the four would see a step
            ProgramRun.Of("dataset", "convert", source, "--out", _folder[name]);
            Assert.Equal(first, File.ReadAllBytes(_folder[name]));
        }
    }

    [Fact]
    public void Labels_of_a_folder_stand_in_a_table_beside_it()
    {
        MaterialsJsonWriter.Write(
            _folder["source.jsonl"],
            [Record(1, "a/b", ("gap", "1.50"), ("note", "say \"x\", y")), Record(2, "c", ("tqc", "NLC"))]);
        Assert.Equal(0, ProgramRun.Of("dataset", "convert", _folder["source.jsonl"], "--out", _folder["out"]).ExitCode);
        Assert.Equal("id,gap,note,tqc\na/b,1.50,\"say \"\"x\"\", y\",\nc,,,NLC\n", File.ReadAllText(_folder["out/labels.csv"]));
        Assert.Equal(["a/b", "c"], Read(_folder["out"]).Select(record => record.Id));
    }

    [Fact]
    public void Ids_become_names_that_every_file_system_takes_and_the_change_is_told()
    {
        string[] ids = ["../../up", "a b", "Si", "SI", "CON", "", "x\ny", ".hidden", "/root", "end."];
        MaterialsJsonWriter.Write(_folder["source.jsonl"], ids.Select((id, seed) => Record(seed, id)));
        ProgramRun run = ProgramRun.Of("dataset", "convert", _folder["source.jsonl"], "--out", _folder["deep/out.zip"], "--json");
        Assert.Equal(1, run.ExitCode); // the folder of the output does not exist
        run = ProgramRun.Of("dataset", "convert", _folder["source.jsonl"], "--out", _folder["out.zip"], "--json");
        Assert.Equal(0, run.ExitCode);
        using ZipArchive archive = ZipFile.OpenRead(_folder["out.zip"]);
        string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
        Assert.Equal(
            ["__/__/up.vasp", "a_b.vasp", "Si.vasp", "SI-2.vasp", "CON_.vasp", "_.vasp", "x_y.vasp", "_hidden.vasp", "_/root.vasp", "end_.vasp"],
            names);
        Assert.Equal(ids.Length - 1, run.Json.GetProperty("renamed").EnumerateObject().Count());
        Assert.Equal(ids.Length - 1, run.ErrorLines.Count(line => line.StartsWith("note: the crystal", StringComparison.Ordinal)));
    }

    [Fact]
    public void Bad_and_disordered_crystals_are_counted_apart()
    {
        string mixed = _folder.Write("mixed.json", Disordered), bad = _folder.Write("bad.vasp", "no crystal\n");
        ProgramRun run = ProgramRun.Of("dataset", "convert", Source(2), mixed, bad, "--out", _folder["out.jsonl"], "--json");
        Assert.Equal((1, 2), (run.ExitCode, run.Faults.Length));
        Assert.Equal((2, 2, 0), Counts(run));
        run = ProgramRun.Of("dataset", "convert", Source(2), mixed, bad, "--out", _folder["out.jsonl"], "--ordered-only", "skip", "--json");
        Assert.Equal((1, 1), (run.ExitCode, run.Faults.Length));
        Assert.Equal((2, 1, 1), Counts(run));
        Assert.Equal("converted 2 of 4 crystals; 1 with an error; 1 disordered, left out", run.ErrorLines[^1]);
        run = ProgramRun.Of("symmetry", Source(2), mixed, "--ordered-only", "skip", "--json");
        Assert.Equal((0, 2), (run.ExitCode, run.Json.GetArrayLength()));

        static (int Crystals, int Errors, int Disordered) Counts(ProgramRun run) => (
            run.Json.GetProperty("crystals").GetInt32(), run.Json.GetProperty("errors").GetInt32(), run.Json.GetProperty("disordered").GetInt32());
    }

    [Fact]
    public void What_fails_leaves_the_old_output_and_nothing_else()
    {
        string bad = _folder.Write("bad.vasp", "no crystal\n"), old = _folder.Write("out.jsonl", "old");
        Assert.Equal(1, ProgramRun.Of("dataset", "convert", Source(2), bad, "--out", old, "--strict").ExitCode);
        Assert.Equal(1, ProgramRun.Of("dataset", "convert", bad, "--out", old).ExitCode);
        _folder.Write("full/file", "");
        ProgramRun full = ProgramRun.Of("dataset", "convert", Source(2), "--out", _folder["full"]);
        Assert.Equal((1, 1), (full.ExitCode, full.Faults.Length));
        Assert.Equal(2, ProgramRun.Of("dataset", "convert", Source(2), "--out", _folder["POSCAR"]).ExitCode);
        Assert.Equal(2, ProgramRun.Of("dataset", "convert", Source(2), "--out", _folder["a.zip"], "--format", "jsonl").ExitCode);
        Assert.Equal(2, ProgramRun.Of("dataset", "convert", Source(2), "--out", _folder["a"], "--format", "pdf").ExitCode);
        Assert.Equal("old", File.ReadAllText(old));
        Assert.Equal(["bad.vasp", "full", "out.jsonl", "source.jsonl"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    [InlineData(".zip")]
    public async Task Standard_input_is_a_source_like_others(string packing)
    {
        byte[] iron = "Fe\n2.87\n1 0 0\n0 1 0\n0 0 1\nFe\n2\nDirect\n0 0 0\n0.5 0.5 0.5\n"u8.ToArray();
        using var bytes = new MemoryStream();
        if (packing == ".gz")
        {
            using var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(iron);
        }
        else if (packing == ".zip")
        {
            using var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true);
            using Stream entry = zip.CreateEntry("iron.vasp").Open();
            entry.Write(iron);
        }
        else
        {
            bytes.Write(iron);
        }

        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "faithful.dll"), "symmetry", "-", "--json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        bytes.WriteTo(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((0, ""), (process.ExitCode, await error));
        JsonElement crystal = Assert.Single(JsonDocument.Parse(output).RootElement.EnumerateArray());
        Assert.Equal((packing == ".zip" ? "iron" : "stdin", 229), (crystal.GetProperty("id").GetString(), crystal.GetProperty("space_group").GetInt32()));
    }

    private static List<CrystalRecord> Read(string path) =>
        [.. CrystalSource.Read(path).Select(result => result.GetRecordOrThrow())];

    private static CrystalRecord Record(int seed, string id, params (string Name, string Value)[] labels) =>
        new(id, new RandomCrystals(seed).Crystal(3, 0), labels.ToDictionary(label => label.Name, label => label.Value), "x");

    private string Source(int count)
    {
        MaterialsJsonWriter.Write(_folder["source.jsonl"], Enumerable.Range(0, count).Select(seed => Record(seed, $"m-{seed}", ("gap", $"{seed}.50"), ("tqc", "NLC"))));
        return _folder["source.jsonl"];
    }
}
