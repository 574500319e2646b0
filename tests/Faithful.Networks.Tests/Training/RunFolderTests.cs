using System.Globalization;
using Faithful.Models;
using Faithful.Networks.Training;
using Faithful.Testing;

namespace Faithful.Networks.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private static readonly ModelTask Task = TestNetworks.Classification(usesSymmetry: false);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_neither_overwritten_nor_resumed_with_other_options()
    {
        Train("run", TestRun.Options(1));
        string path = _folder["run"];
        Assert.Throws<RunFolderException>(() => RunFolder.Create(path, TestRun.Description(TestRun.Options(1))));
        RunFolderException error = Assert.Throws<RunFolderException>(() => RunFolder.Open(path).CheckSame(TestRun.Description(TestRun.Options(2))));
        Assert.Contains("\"epochs\": 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"epochs\": 1", error.Message, StringComparison.Ordinal);
        RunFolder.Open(path).CheckSame(TestRun.Description(TestRun.Options(1)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(-10)] // all but 10 bytes
    public void A_checkpoint_cut_short_is_refused_and_left_alone(int cut)
    {
        Train("cut", TestRun.Options(1));
        string checkpoint = Path.Combine(_folder["cut"], "checkpoint.safetensors");
        byte[] bytes = File.ReadAllBytes(checkpoint), left = cut > 0 ? bytes[..^cut] : bytes[..-cut];
        File.WriteAllBytes(checkpoint, left);
        Assert.Throws<RunFolderException>(() => Train("cut", TestRun.Options(1), resume: true));
        Assert.Equal(left, File.ReadAllBytes(checkpoint));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_refused_and_left_alone()
    {
        Train("one", TestRun.Options(1));
        Train("two", TestRun.Options(2));
        string file = Path.Combine(_folder["two"], "checkpoint.safetensors");
        File.Copy(Path.Combine(_folder["one"], "checkpoint.safetensors"), file, overwrite: true);
        byte[] bytes = File.ReadAllBytes(file);
        RunFolderException error = Assert.Throws<RunFolderException>(() => Train("two", TestRun.Options(2), resume: true));
        Assert.Contains("another run", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(file));
    }

    [Fact]
    public void A_checkpoint_without_its_measurements_is_refused()
    {
        Train("run", TestRun.Options(2));
        string metrics = Path.Combine(_folder["run"], "metrics.jsonl");
        File.WriteAllLines(metrics, File.ReadLines(metrics).Take(1).ToArray());
        Assert.Contains("2 epochs", Assert.Throws<RunFolderException>(() => Train("run", TestRun.Options(2), resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_metrics_says_what_the_lines_say()
    {
        Train("run", TestRun.Options(3));
        RunFolder run = RunFolder.Open(_folder["run"]);
        string[][] rows = [.. File.ReadLines(Path.Combine(_folder["run"], "metrics.csv")).Select(line => line.Split(','))];
        Assert.Equal(4, rows.Length);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        foreach ((EpochMeasurement measurement, string[] row) in run.ReadMeasurements().Zip(rows.Skip(1)))
        {
            Assert.Equal(measurement.Epoch, Number("epoch"));
            Assert.Equal(measurement.TrainingLoss, Number("training_loss"));
            Assert.Equal(measurement.ValidationLoss, Number("validation_loss"));
            Assert.Equal(measurement.ValidationMetric, Number("validation_metric"));
            Assert.Equal(measurement.ValidationMacroF1, Number("validation_macro_f1"));
            Assert.Equal(measurement.IsBest ? 1 : 0, Number("is_best"));
            Assert.Equal(measurement.LearningRate, Number("learning_rate"));
            Assert.Equal(measurement.StructuresPerSecond, Number("structures_per_second"));
            Assert.Equal(measurement.Seconds, Number("seconds"));
            Assert.Equal("", row[Array.IndexOf(rows[0], "gpu_memory")]); // no GPU here

            double Number(string column) => double.Parse(row[Array.IndexOf(rows[0], column)], CultureInfo.InvariantCulture);
        }
    }

    private void Train(string name, TrainingOptions options, bool resume = false) =>
        TestRun.Train(_folder[name], options, new TestRun.SmallNetwork(Task), resume);
}
