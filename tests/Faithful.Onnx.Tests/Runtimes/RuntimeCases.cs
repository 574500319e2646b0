using System.Text.Json;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Onnx.Tests.Runtimes;

/// <summary>
/// What other runtimes are tried on, in one folder: the models that come with the project, a small random network of each architecture
/// and preset in both variants, and trees; with the arrays of two batches each, and what this program's runtime answers.
/// </summary>
public sealed class RuntimeCases : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly TemporaryFolder _folder = new();
    private readonly List<RuntimeCase> _cases = [];
    private readonly Dictionary<string, IReadOnlyList<ModelOutput>> _expected = [];

    public RuntimeCases()
    {
        foreach (string shipped in PretrainedModels.Find(TestData.RepositoryRoot).Where(folder => !EnsembleCard.IsIn(folder)))
        {
            Add(Path.GetFileName(shipped), shipped, ModelCard.ModelFileName, Crystals().Take(24));
        }

        foreach ((string model, string preset) in NetworkPresets.Models.SelectMany(model => NetworkPresets.Presets.Select(preset => (model, preset))))
        {
            string folder = _folder[$"{model}-{preset}"];
            ExportedNetwork.Create(folder, classification: preset == "best", usesSymmetry: model is "nnn" or "ccnn", model, preset, portable: true);
            Add($"{model}-{preset}", folder, ModelCard.ModelFileName, Crystals());
            Add($"{model}-{preset}-portable", folder, ModelCard.PortableFileName, Crystals());
        }

        foreach (int classes in (int[])[0, 4])
        {
            var random = new RandomTrees(30 + classes);
            TreeModel model = random.Model(classes);
            string folder = _folder[$"trees-{classes}"];
            TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(classes)), folder);
            Add($"trees-{classes}", folder, ModelCard.ModelFileName, Enumerable.Range(0, 40).Select(_ => PreparedCrystal.Described(random.Row(model.Descriptors.Count), 0)));
        }

        (TreeModel relatives, float[][] rows) = new RandomTrees(41).WithRelatives(4, 40);
        TreeExporter.Export(relatives, RandomTrees.Card(relatives, RandomTrees.Task(4)), _folder["trees-relatives"]);
        Add("trees-relatives", _folder["trees-relatives"], ModelCard.ModelFileName, rows.Select(row => PreparedCrystal.Described(row, 0)));

        AtomicFile.WriteText(_folder["cases.json"], JsonSerializer.Serialize(_cases, Json));
    }

    /// <summary>Gets the folder, which holds <c>cases.json</c> and takes <c>results.json</c>.</summary>
    public string Folder => _folder.Path;

    /// <summary>Gets the ONNX files.</summary>
    public IEnumerable<string> ModelFiles => _cases.Select(one => _folder[one.Model]);

    public void Dispose() => _folder.Dispose();

    /// <summary>Compares what another runtime wrote with what this program's gives.</summary>
    /// <param name="json">An array of outputs for each case.</param>
    public void AssertAnswers(string json)
    {
        Dictionary<string, Dictionary<string, float[]>[]> results = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, float[]>[]>>(json)!;
        Assert.Equal(_expected.Keys.Order(), results.Keys.Order());
        foreach ((string name, IReadOnlyList<ModelOutput> outputs) in _expected)
        {
            Assert.Equal(outputs.Count, results[name].Length);
            foreach ((ModelOutput expected, Dictionary<string, float[]> found) in outputs.Zip(results[name]))
            {
                Assert.Equal(expected.Values.Length == 0 ? ["logits", "probabilities"] : ["value"], found.Keys.Order());
                AssertClose(name, expected.Logits, found.GetValueOrDefault("logits", []));
                AssertClose(name, expected.Probabilities, found.GetValueOrDefault("probabilities", []));
                AssertClose(name, expected.Values, found.GetValueOrDefault("value", []));
            }
        }
    }

    private static void AssertClose(string name, float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = Math.Max(1, expected.Select(MathF.Abs).DefaultIfEmpty().Max());
        double difference = expected.Zip(found, (a, b) => Math.Abs((double)a - b)).DefaultIfEmpty().Max();
        Assert.True(difference <= Tolerances.OtherRuntime * scale, $"{name}: differs by {difference:g3} of {scale:g3}");
    }

    /// <summary>Crystals of many kinds, one atom and none within reach among them.</summary>
    private static IEnumerable<Crystal> Crystals() =>
    [
        new(Lattice.Cubic(3.35), [Element.FromSymbol("Po")], [default]),
        new(Lattice.Cubic(30), [Element.FromSymbol("He")], [new(0.1, 0.2, 0.3)]),
        .. CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow().Crystal).Where(crystal => crystal.Count <= 12).Take(30),
    ];

    private void Add(string name, string folder, string file, IEnumerable<Crystal> crystals)
    {
        PreparationOptions preparation = ModelCard.Read(folder).Preparation;
        Add(name, folder, file, crystals.Select(crystal => CrystalPreparation.Prepare(crystal, preparation)));
    }

    private void Add(string name, string folder, string file, IEnumerable<PreparedCrystal> crystals)
    {
        using CrystalPredictor predictor = CrystalPredictor.Open(folder, new ServingOptions { Device = ServingDevice.Cpu });
        PreparedCrystal[] taken = [.. crystals.Where(crystal => crystal.FallbackReason is null)];
        Assert.True(taken.Length > 10, $"{name} takes {taken.Length} crystals");
        List<ModelOutput> expected = [];
        List<string> batches = [];
        foreach (PreparedCrystal[] batch in (PreparedCrystal[][])[taken, [taken[0]]])
        {
            CrystalBatch arrays = CrystalBatch.Pack(batch);
            string path = $"{name}.{batches.Count}";
            BatchFile.WriteJson(_folder[$"{path}.json"], arrays, predictor.Card.GraphInputs, batch.Select((_, index) => $"crystal {index}"));
            BatchFile.WriteNumPy(_folder[$"{path}.npz"], arrays, predictor.Card.GraphInputs);
            expected.Add(predictor.Run(arrays));
            batches.Add(path);
        }

        string model = $"{name}.onnx";
        File.Copy(Path.Combine(folder, file), _folder[model], overwrite: true);
        _cases.Add(new RuntimeCase(name, model, batches));
        _expected[name] = expected;
    }
}
