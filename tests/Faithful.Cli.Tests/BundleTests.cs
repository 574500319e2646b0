using System.Text.Json;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public class BundleTests(BundleFixture bundle) : IClassFixture<BundleFixture>
{
    private const long LargestArchive = 60_000_000; // bytes

    [SkippableFact]
    public void Archives_are_small_and_the_same_every_time()
    {
        Skip.If(bundle.SkipReason is not null, bundle.SkipReason);
        Assert.True(bundle.Packed!.ExitCode == 0, bundle.Packed.Error);
        Assert.All(Directory.GetFiles(bundle.Folder), file => Assert.InRange(new FileInfo(file).Length, 1, LargestArchive));
        string sums = File.ReadAllText(Path.Combine(bundle.Folder, "archives.sha256"));
        Assert.Equal(["faithful-dotnet.tar.gz", "faithful-program.tar.gz"], Lines(sums).Select(line => line[66..]));
        Assert.Equal(0, bundle.Pack("again").ExitCode);
        Assert.Equal(sums, File.ReadAllText(bundle["again/archives.sha256"]));
    }

    [SkippableFact]
    public void Scripts_name_no_place_of_this_machine()
    {
        Skip.If(bundle.SkipReason is not null, bundle.SkipReason);
        foreach (string name in new[] { "faithful", "README.txt", "archives.sha256" })
        {
            string text = File.ReadAllText(Path.Combine(bundle.Folder, name));
            Assert.DoesNotContain(TestData.RepositoryRoot, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/", text, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Without_dotnet_it_finds_symmetry_and_trains()
    {
        Skip.If(bundle.SkipReason is not null, bundle.SkipReason);
        ProgramRun symmetry = bundle.There("symmetry", Path.Combine(TestData.Examples, "Si.poscar"), "--json");
        Assert.True(symmetry.ExitCode == 0, symmetry.Error);
        Assert.Equal(227, symmetry.Json[0].GetProperty("space_group").GetInt32());

        // ONNX Runtime is left out and nothing else is missing.
        ProgramRun doctor = bundle.There("doctor", "--json");
        Assert.Equal(3, doctor.ExitCode);
        Assert.Equal("standin", doctor.Json.GetProperty("packages").GetString());
        Assert.Matches(@"^\d+\.\d+", doctor.Json.GetProperty("libtorch").GetString());
        JsonElement problem = Assert.Single(doctor.Json.GetProperty("problems").EnumerateArray());
        Assert.StartsWith("ONNX Runtime", problem.GetString(), StringComparison.Ordinal);

        ExpectMissing("ONNX Runtime", bundle.There("serve", "--model", Path.Combine(TestData.RepositoryRoot, "onnx", "cgnn-tqc")));

        File.WriteAllLines(bundle["few.jsonl"], File.ReadLines(Path.Combine(TestData.RepositoryRoot, "datasets", "sample", "sample.jsonl")).Take(150));
        ProgramRun train = bundle.There(
            "train", "--task", "point-group", "--data", bundle["few.jsonl"], "--out", bundle["run"], "--epochs", "1", "--device", "cpu", "--no-cache", "--json");
        Assert.True(train.ExitCode == 0, train.Error);
        Assert.Equal(1, train.Json.GetProperty("epochs").GetInt32());
        Assert.True(File.Exists(bundle["run/checkpoint.safetensors"]));
    }

    [SkippableFact]
    public void What_is_missing_is_said_in_one_line()
    {
        Skip.If(bundle.SkipReason is not null, bundle.SkipReason);
        string[] train = ["train", "--task", "point-group", "--data", bundle["none.jsonl"], "--out", bundle["none"]];
        ExpectMissing("g++", bundle.There([("FAITHFUL_BRIDGES", bundle["no-bridges"])], train));
        ExpectMissing("FAITHFUL_LIBTORCH", bundle.There([("FAITHFUL_LIBTORCH", bundle["no-torch"])], train));

        // Only a part of the folder was copied, or a part of an archive.
        foreach (string name in new[] { "faithful", "archives.sha256", "faithful-program.tar.gz" })
        {
            Directory.CreateDirectory(bundle["cut"]);
            File.Copy(Path.Combine(bundle.Folder, name), bundle[$"cut/{name}"]);
        }

        ExpectMissing("faithful-dotnet.tar.gz", BundleFixture.Bash(bundle["cut/faithful"], [], "doctor"));
        File.WriteAllText(bundle["cut/faithful-dotnet.tar.gz"], "cut short");
        ProgramRun damaged = BundleFixture.Bash(bundle["cut/faithful"], [], "doctor");
        Assert.Equal(1, damaged.ExitCode);
        Assert.Contains("faithful-dotnet.tar.gz: FAILED", damaged.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(bundle["cut"]));
    }

    [SkippableFact]
    public void A_folder_with_other_files_is_left_alone()
    {
        Skip.If(bundle.SkipReason is not null, bundle.SkipReason);
        Directory.CreateDirectory(bundle["mine"]);
        File.WriteAllText(bundle["mine/notes"], "mine");
        ProgramRun run = bundle.Pack("mine");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("other files", run.Error, StringComparison.Ordinal);
        Assert.Equal([bundle["mine/notes"]], Directory.GetFileSystemEntries(bundle["mine"]));
    }

    private static void ExpectMissing(string what, ProgramRun run)
    {
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(what, run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
