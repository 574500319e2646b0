using System.Diagnostics;
using System.Text.Json;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class DatasetPackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _data;

    public DatasetPackTests() =>
        _data = _folder.Write("data.jsonl", string.Join('\n', File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(60)));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_source_is_packed_once_and_found_by_its_content()
    {
        JsonElement first = Pack(_data, "--no-symmetry", "--json").Json;
        Assert.True(first.GetProperty("built").GetBoolean());
        Assert.Equal(60, first.GetProperty("crystals").GetInt32());
        Assert.Equal(0, first.GetProperty("errors").GetInt32());
        Assert.Equal(0, first.GetProperty("fallback").GetInt32());
        Assert.Equal(6, first.GetProperty("cutoff").GetDouble());
        Assert.False(first.GetProperty("symmetry").GetBoolean());
        Assert.True(first.GetProperty("crystals_per_second").GetDouble() > 0);
        string file = first.GetProperty("file").GetString()!;
        using (var data = PackedDataset.Open(file))
        {
            data.Verify();
            Assert.Equal((data.Atoms, data.Edges), (first.GetProperty("atoms").GetInt64(), first.GetProperty("edges").GetInt64()));
        }

        string copy = _folder["copy.jsonl"];
        File.Copy(_data, copy);
        JsonElement again = Pack(copy, "--no-symmetry", "--json").Json;
        Assert.False(again.GetProperty("built").GetBoolean());
        Assert.Equal(file, again.GetProperty("file").GetString());
        Assert.Contains("was there already", Pack(_data, "--no-symmetry").Output, StringComparison.Ordinal);
        Assert.True(Pack(_data, "--no-symmetry", "--force", "--json").Json.GetProperty("built").GetBoolean());
        Assert.NotEqual(file, Pack(_data, "--no-symmetry", "--cutoff", "5", "--json").Json.GetProperty("file").GetString());
    }

    [Fact]
    public void Canonical_cells_have_a_file_of_their_own()
    {
        JsonElement given = Pack(_data, "--no-symmetry", "--cutoff", "0", "--json").Json, canonical = Pack(_data, "--no-symmetry", "--cutoff", "0", "--canonical", "--json").Json;
        Assert.Equal(("as_given", "canonical"), (given.GetProperty("cell").GetString(), canonical.GetProperty("cell").GetString()));
        Assert.Equal(given.GetProperty("atoms").GetInt64(), canonical.GetProperty("atoms").GetInt64());
        Assert.Contains("0A-canonical-", canonical.GetProperty("file").GetString(), StringComparison.Ordinal);
        Assert.Contains("in canonical bases", Pack(_data, "--no-symmetry", "--cutoff", "0", "--canonical").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_foreign_or_of_other_content_is_made_anew()
    {
        string output = _folder["out.packed"];
        Assert.Equal(0, PackTo(output).ExitCode);
        byte[] good = File.ReadAllBytes(output);
        foreach ((byte[] content, string reason) in new (byte[], string)[] { (good[..^9], "bytes"), ("no such file"u8.ToArray(), "another kind") })
        {
            File.WriteAllBytes(output, content);
            ProgramRun run = PackTo(output);
            Assert.Equal(0, run.ExitCode);
            Assert.Contains("is made anew", run.Error, StringComparison.Ordinal);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
            Assert.Equal(good, File.ReadAllBytes(output));
        }

        File.AppendAllText(_data, "\n\n"); // other bytes, the same crystals
        ProgramRun changed = PackTo(output);
        Assert.Contains("another source", changed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_rows_are_reported_left_out_and_counted_every_time()
    {
        File.AppendAllText(_data, "\n{\"id\":\"x\"}\n");
        foreach (bool built in new[] { true, false })
        {
            ProgramRun run = Pack(_data, "--no-symmetry", "--json");
            Assert.Equal(1, run.ExitCode);
            Assert.Equal(built, run.Json.GetProperty("built").GetBoolean());
            Assert.Equal((60, 1), (run.Json.GetProperty("crystals").GetInt32(), run.Json.GetProperty("errors").GetInt32()));
            Assert.Contains("data.jsonl(61)", Assert.Single(run.Faults), StringComparison.Ordinal);
            ProgramRun strict = Pack(_data, "--no-symmetry", "--strict");
            Assert.Equal(1, strict.ExitCode);
            Assert.Contains("data.jsonl(61)", Assert.Single(strict.Faults), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Disordered_crystals_are_faults_or_passed_over_as_the_user_wants()
    {
        _folder.Write("many/data.jsonl", File.ReadAllText(_data));
        _folder.Write("many/mixed.cif", """
            data_mixed
            _cell_length_a 4
            _cell_length_b 4
            _cell_length_c 4
            _cell_angle_alpha 90
            _cell_angle_beta 90
            _cell_angle_gamma 90
            loop_
            _atom_site_type_symbol
            _atom_site_fract_x
            _atom_site_fract_y
            _atom_site_fract_z
            _atom_site_occupancy
            Fe 0 0 0 0.5
            Ni 0 0 0 0.5
            """);
        ProgramRun refused = Pack(_folder["many"], "--no-symmetry", "--json"), skipped = Pack(_folder["many"], "--no-symmetry", "--ordered-only", "skip", "--json");
        Assert.Equal((1, 1, 0), (refused.ExitCode, refused.Json.GetProperty("errors").GetInt32(), refused.Json.GetProperty("disordered").GetInt32()));
        Assert.Equal((0, 0, 1), (skipped.ExitCode, skipped.Json.GetProperty("errors").GetInt32(), skipped.Json.GetProperty("disordered").GetInt32()));
        Assert.False(skipped.Json.GetProperty("built").GetBoolean()); // one file serves both
        Assert.Empty(skipped.Faults);
    }

    [Fact]
    public void Standard_input_is_refused()
    {
        ProgramRun run = Pack("-");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("read twice", Assert.Single(run.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_does_not_exist_and_a_wrong_name_are_one_clear_line()
    {
        ProgramRun missing = Pack(_folder["missing.jsonl"]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("nothing of this name", Assert.Single(missing.Faults), StringComparison.Ordinal);
        ProgramRun misnamed = Pack(_data, "--out", _folder["out.jsonl"]);
        Assert.Equal(2, misnamed.ExitCode);
        Assert.Contains(".packed", Assert.Single(misnamed.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_command_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        ProgramRun run = ProgramRun.Of(cancelled.Token, "dataset", "pack", _data, "--no-symmetry", "--out", _folder["sub/out.packed"]);
        Assert.Equal(130, run.ExitCode);
        Assert.Empty(Directory.GetFiles(_folder["sub"]));
    }

    /// <summary>Whenever the process is ended, there is a good file or none; the next one cleans up.</summary>
    [Fact]
    public void A_killed_process_leaves_no_file_or_a_good_one()
    {
        string output = _folder["out.packed"];
        string[] lines = File.ReadAllLines(_data);
        File.WriteAllLines(_data, Enumerable.Range(0, 20).SelectMany(copy =>
            lines.Select(line => line.Replace("\"id\":\"", $"\"id\":\"{copy}-", StringComparison.Ordinal))));
        string expected = _folder["expected.packed"];
        Assert.Equal(0, PackTo(expected).ExitCode);
        byte[] good = File.ReadAllBytes(expected);
        int killed = 0;
        foreach (int bytes in new[] { 0, 100_000, 1_000_000, 3_000_000 })
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { typeof(FaithfulProgram).Assembly.Location, "dataset", "pack", _data, "--no-symmetry", "--out", output, "--force" },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            while (!process.HasExited && Parts().All(part => new FileInfo(part) is { Exists: true } file && file.Length < bytes))
            {
                Thread.Sleep(1);
            }

            process.Kill();
            process.WaitForExit();
            killed += process.ExitCode == 0 ? 0 : 1;
            if (File.Exists(output))
            {
                Assert.Equal(good, File.ReadAllBytes(output));
                File.Delete(output);
            }
        }

        Assert.True(killed > 0, "no process was killed while it worked");
        Assert.Equal(0, PackTo(output).ExitCode);
        Assert.Empty(Parts());

        string[] Parts() => Directory.GetFiles(_folder.Path, "out.packed.*.part");
    }

    private static ProgramRun Pack(string source, params string[] more) => ProgramRun.Of(["dataset", "pack", source, .. more]);

    private ProgramRun PackTo(string output) => Pack(_data, "--no-symmetry", "--out", output);
}
