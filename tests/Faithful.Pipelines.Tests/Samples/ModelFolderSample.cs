using Faithful.Serving;
using Faithful.Testing;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests.Samples;

/// <summary>A model of the <c>onnx</c> folder in a pipeline of ML.NET.</summary>
public sealed class ModelFolderSample
{
    [Fact]
    public void A_model_folder_predicts_in_a_pipeline()
    {
        string root = TestData.RepositoryRoot;

        var mlContext = new MLContext(seed: 1);
        CrystalDataView crystals = mlContext.Data.LoadCrystals(Path.Combine(root, "datasets", "examples"));
        var pipeline = mlContext.Transforms.ScoreCrystals(Path.Combine(root, "onnx", "cgnn-point-group"));
        using var model = pipeline.Fit(crystals);

        // Many crystals: a view in, a view out, some hundreds of them in memory at a time.
        var predictions = mlContext.Data.CreateEnumerable<CrystalPrediction>(model.Transform(crystals), reuseRowObject: false);
        CrystalPrediction silicon = predictions.Single(prediction => prediction.Id == "Si");

        // One crystal: an engine, from the text of a POSCAR or CIF file.
        using var engine = mlContext.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(model);
        string poscar = File.ReadAllText(Path.Combine(root, "datasets", "examples", "Si.poscar"));
        CrystalPrediction again = engine.Predict(new CrystalInput { Id = "Si", Structure = poscar });

        Assert.Equal("m-3m", silicon.Class);
        Predictions.AssertSame(silicon, again);
    }

    [Fact]
    public void An_ensemble_is_saved_in_one_file_and_loaded_from_it()
    {
        using var temporary = new TemporaryFolder();
        string root = TestData.RepositoryRoot, file = temporary["ensemble.zip"];

        var mlContext = new MLContext(seed: 1);
        CrystalDataView crystals = mlContext.Data.LoadCrystals(Path.Combine(root, "datasets", "examples"));
        string[] folders = [Path.Combine(root, "onnx", "cgnn-tqc"), Path.Combine(root, "onnx", "ccnn-tqc")];
        using (var model = mlContext.Transforms.ScoreCrystals(folders).Fit(crystals))
        {
            mlContext.Model.SaveCrystals(model, crystals.Schema, file);
        }

        ITransformer loaded = mlContext.Model.LoadCrystals(file, out _, new ServingOptions { Device = ServingDevice.Cpu });
        using var engine = mlContext.Model.CreatePredictionEngine<CrystalInput, CrystalPrediction>(loaded); // disposes of the model, too
        string poscar = File.ReadAllText(Path.Combine(root, "datasets", "examples", "Bi2Se3.poscar"));
        CrystalPrediction prediction = engine.Predict(new CrystalInput { Id = "Bi2Se3", Structure = poscar });

        Assert.Contains(prediction.Class, new[] { "LCEBR", "NLC", "SEBR", "ES", "ESFD" });
        Assert.Equal(1, prediction.Probabilities.Sum(), 1e-5);
    }
}
