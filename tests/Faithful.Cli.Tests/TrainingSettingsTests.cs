using System.Text.Json;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

public sealed class TrainingSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_options_json_holds_can_be_given_back()
    {
        var network = new CgnnOptions { Width = 128, Cutoff = 5 };
        var training = new TrainingOptions { Epochs = 7, Precision = ComputePrecision.BFloat16, ClassWeights = ClassWeighting.SquareRoot };
        var document = new { network = (NetworkOptions)network, training };
        TrainingSettings settings = Settings();
        string written = JsonSerializer.Serialize(document, RunJson.Indented).Replace("\"network\": \"cgnn\",", "", StringComparison.Ordinal);
        settings.Read(_folder.Write("options.json", written));
        Assert.Equal(network, settings.Network);
        Assert.Equal(training, settings.Training);
    }

    [Fact]
    public void A_part_of_the_options_leaves_the_rest_as_it_was()
    {
        TrainingSettings settings = Settings();
        settings.Read(_folder.Write("options.json", """{"training":{"patience":5}}"""));
        settings.Set("width=96");
        settings.Set("training.metric_for_best=macro-f1");
        settings.Set("precision=tf32");
        settings.Set("weight_average = 0.99");
        Assert.Equal(new CgnnOptions { Width = 96 }, settings.Network);
        Assert.Equal(
            new TrainingOptions { Patience = 5, MetricForBest = SelectionMetric.MacroF1, Precision = ComputePrecision.TensorFloat32, WeightAverage = 0.99 },
            settings.Training);
    }

    [Theory]
    [InlineData("width", "name=value")]
    [InlineData("widh=3", "did you mean 'width'?; of the network there are cutoff, width")]
    [InlineData("network.epochs=3", "there is no option 'network.epochs'")]
    [InlineData("network=nnn", "there is no option 'network'")]
    [InlineData("width=wide", "--set width: expected a whole number, found \"wide\"")]
    [InlineData("width=1.5", "expected a whole number, found 1.5")]
    [InlineData("class_weights=fair", "expected one of none, balanced, square_root, found \"fair\"")]
    [InlineData("precision=3", "expected one of float32, tf32, bfloat16")]
    [InlineData("learning_rate=null", "expected a number, found null")]
    public void A_wrong_setting_is_one_clear_line(string setting, string expected)
    {
        TrainingSettings settings = Settings();
        string message = Assert.Throws<UsageException>(() => settings.Set(setting)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(new TrainingOptions(), settings.Training);
    }

    [Theory]
    [InlineData("[]", "expected an object")]
    [InlineData("{\"training\":{\"epochs\":3", "(1): expected options in JSON")]
    [InlineData("{\"trainings\":{}}", "found \"trainings\"")]
    [InlineData("{\"training\":3}", "expected an object of options as training, found 3")]
    [InlineData("{\"network\":{\"epochs\":3}}", "there is no network option \"epochs\"")]
    [InlineData("{\"training\":{\"epoch\":3}}", "did you mean 'epochs'?; there are epochs, batch_size")]
    [InlineData("{\"training\":{\"epochs\":\"3\"}}", "training.epochs: expected a whole number, found \"3\"")]
    [InlineData("{\"training\":{\"epochs\":3,\"epochs\":4}}", "expected options in JSON")]
    public void A_wrong_file_is_one_clear_line_with_its_name(string text, string expected)
    {
        string path = _folder.Write("bad.json", text);
        string message = Assert.Throws<UsageException>(() => Settings().Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    private static TrainingSettings Settings() => new(new CgnnOptions(), new TrainingOptions());
}
