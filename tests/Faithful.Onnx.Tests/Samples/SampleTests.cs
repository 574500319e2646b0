using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Models;
using Faithful.Onnx.Tests.Runtimes;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Onnx.Tests.Samples;

/// <summary>What README and <c>notebooks</c> show is run, and all of it says the same.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string Model = Path.Combine(TestData.RepositoryRoot, PretrainedModels.FolderName, "cann-tqc");

    private readonly TemporaryFolder _folder = new();
    private readonly Prediction _expected;

    public SampleTests()
    {
        Crystal crystal = CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow().Crystal).First(crystal => crystal.Count == 8);
        PoscarWriter.Write(_folder["POSCAR"], crystal);
        _expected = ServingSample.Predict(Model, _folder["POSCAR"]);
        ModelCard card = ModelCard.Read(Model);
        CrystalBatch batch = CrystalBatch.Pack([CrystalPreparation.Prepare(PoscarReader.Read(_folder["POSCAR"]).Crystal, card.Preparation)]);
        BatchFile.WriteJson(_folder["arrays.json"], batch, card.GraphInputs, ["mine"]);
        BatchFile.WriteNumPy(_folder["arrays.npz"], batch, card.GraphInputs);
    }

    private string ExpectedLine => string.Create(CultureInfo.InvariantCulture, $"{_expected.Class} {_expected.Confidence:0.0000}");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CSharp_with_ONNX_Runtime_alone()
    {
        double[] found = OnnxRuntimeSample.Probabilities(Model, _folder["arrays.json"]);
        Assert.All(_expected.Probabilities.Zip(found), pair => Assert.Equal(pair.First, pair.Second, Tolerances.SingleParity));
        Assert.NotEqual(1, ModelCard.Read(Model).Calibration!.Value);
    }

    [SkippableFact]
    public void JavaScript()
    {
        string runtime = Path.Combine(TestData.RepositoryRoot, "artifacts", "setup", "web", "ort.wasm.min.mjs");
        Skip.IfNot(File.Exists(runtime), "needs onnxruntime-web, which ./faithful setup fetches where there is npm");
        Skip.IfNot(OtherProgram.TryFind(out string node, "node"), "needs node");
        Assert.Equal($"mine {ExpectedLine}", OtherProgram.Run(node, Notebook("predict.mjs"), Model, _folder["arrays.json"], runtime).Trim());
    }

    [SkippableFact]
    public void Python()
    {
        Skip.IfNot(OtherProgram.TryFind(out string python, "python3"), "needs python3");
        Skip.IfNot(OtherProgram.Succeeds(python, "-I", "-c", "import numpy, onnxruntime"), "needs python3 with numpy and onnxruntime");
        Assert.Equal(ExpectedLine, OtherProgram.Run(python, Notebook("predict.py"), Model, _folder["arrays.npz"]).Trim());
    }

    private static string Notebook(string name) => Path.Combine(TestData.RepositoryRoot, "notebooks", name);
}
