using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using Faithful.Onnx.Format;
using Faithful.Serving;
using Faithful.Testing;
using TorchSharp;

namespace Faithful.Onnx.Tests;

/// <summary>Parameters stored as float16: half the bytes, and exactly the network with rounded parameters.</summary>
public sealed class WeightTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static IEnumerable<object[]> Models => NetworkPresets.Models.Select(model => new object[] { model });

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void The_file_is_the_network_with_rounded_parameters(string model)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false, model, weights: WeightFormat.Float16);
        float[] rounded = WeightRounding.Round(exported.Network.Layout, exported.Values, WeightFormat.Float16);
        Assert.NotEqual(exported.Values, rounded);
        using var state = new NetworkState(exported.Network.Layout, rounded, torch.CPU);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        var random = new RandomCrystals(23);
        CrystalBatch batch = CrystalBatch.Pack(
        [
            .. Enumerable.Range(0, 12).Select(_ => CrystalPreparation.Prepare(random.Crystal(), exported.Card.Preparation))
                .Where(crystal => crystal.FallbackReason is null),
        ]);
        float[] eager = Trainer.Predict(exported.Network, state, batch);
        float[] served = predictor.Run(batch).Logits;
        double scale = Math.Max(1, eager.Max(MathF.Abs));
        Assert.InRange(eager.Zip(served, (a, b) => Math.Abs(a - b)).Max() / scale, 0, Tolerances.SingleParity);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_parameter_is_stored_once_and_cast_once(string model)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: true, model, weights: WeightFormat.Float16);
        GraphProto graph = Record(exported, WeightFormat.Float16).Graph;
        TensorProto[] stored = [.. graph.Initializer.Where(table => table.DataType == TensorProto.Types.DataType.Float16)];
        string[] cast = [.. graph.Node.Where(node => node.OpType == "Cast" && node.Input[0].EndsWith(".float16", StringComparison.Ordinal)).Select(node => node.Output[0])];
        string[] parameters = [.. exported.Network.Layout.Parameters.Select(parameter => parameter.Name)];
        Assert.Equal(parameters.Order(), cast.Order());
        Assert.Equal(parameters.Select(name => name + ".float16").Order(), stored.Select(table => table.Name).Order());
        Assert.DoesNotContain(graph.Initializer, table => table.DataType == TensorProto.Types.DataType.Float && parameters.Contains(table.Name));

        // Two bytes fewer a parameter, less what a Cast takes to write down.
        int saved = Record(exported, WeightFormat.Float32).CalculateSize() - Record(exported, WeightFormat.Float16).CalculateSize();
        Assert.InRange(saved, 2 * exported.Network.Layout.Count - 250 * parameters.Length, 2 * exported.Network.Layout.Count);
    }

    [Fact]
    public void A_file_of_the_preset_is_about_half_as_large()
    {
        Network network = NetworkPresets.Find("cgnn", "best").Build(ExportedNetwork.Create(_folder.Path, true, true).Network.Specification);
        float[] values = network.Layout.Initialize(1);
        ModelCard card = ModelCard.Read(_folder.Path);
        double full = NetworkExporter.ToBytes(network, values, card).Length;
        Assert.InRange(NetworkExporter.ToBytes(network, values, card with { Weights = WeightFormat.Float16 }).Length / full, 0.49, 0.6);
    }

    [Fact]
    public void Card_metadata_and_readme_say_the_format()
    {
        ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false, weights: WeightFormat.Float16);
        ModelCard card = ModelCard.Read(_folder.Path);
        Assert.Equal(WeightFormat.Float16, card.Weights);
        Assert.Contains("\"weights\": \"float16\"", File.ReadAllText(_folder[ModelCard.FileName]), StringComparison.Ordinal);
        Assert.Contains("float16", File.ReadAllText(_folder["README.md"]), StringComparison.Ordinal);
        AtomicFile.WriteText(_folder[ModelCard.FileName], (card with { Weights = WeightFormat.Float32 }).ToJson());
        Assert.Contains("faithful.weights", Assert.Throws<ModelFolderException>(() => CrystalPredictor.Open(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(65520f)]
    [InlineData(-1e6f)]
    [InlineData(float.NaN)]
    public void A_parameter_beyond_float16_is_named_and_nothing_is_written(float value)
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder["full"], classification: true, usesSymmetry: false);
        ParameterReference last = exported.Network.Layout.Parameters[^1];
        exported.Values[^1] = value;
        var fault = Assert.Throws<WeightRangeException>(() => NetworkExporter.Export(
            exported.Network, exported.Values, exported.Card with { Weights = WeightFormat.Float16 }, _folder["half"]));
        Assert.Equal(last.Name, fault.Parameter);
        Assert.Contains("65504", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["half"]));
    }

    [Fact]
    public void Rounding_goes_to_the_nearest_number_and_is_done_once()
    {
        ExportedNetwork exported = ExportedNetwork.Create(_folder.Path, classification: true, usesSymmetry: false);
        ParameterLayout layout = exported.Network.Layout;
        Assert.Equal(exported.Values, WeightRounding.Round(layout, exported.Values, WeightFormat.Float32));
        float[] rounded = WeightRounding.Round(layout, exported.Values, WeightFormat.Float16);
        Assert.Equal(rounded, WeightRounding.Round(layout, rounded, WeightFormat.Float16));
        // Eleven bits of significand; numbers below 2⁻¹⁴ are multiples of 2⁻²⁴.
        Assert.All(exported.Values.Zip(rounded), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= Math.Max(Math.Abs(pair.First) * Math.Pow(2, -11), Math.Pow(2, -25))));
    }

    private static ModelProto Record(ExportedNetwork exported, WeightFormat weights) => ModelProto.Parser.ParseFrom(
        NetworkExporter.ToBytes(exported.Network, exported.Values, exported.Card with { Weights = weights }));
}
