using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Serving;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Onnx.Tests.Trees;

/// <summary>Trees and their ONNX file give the same numbers, on thresholds and without values too.</summary>
public sealed class TreeParityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Property(MaxTest = 60, Replay = "20301,7")]
    public void On_rows_that_lie_on_thresholds(ushort seed)
    {
        int classes = new[] { 0, 2, 3, 5 }[seed % 4];
        var random = new RandomTrees(seed);
        TreeModel model = random.Model(classes);
        ModelTask task = RandomTrees.Task(classes);
        TreeExporter.Export(model, RandomTrees.Card(model, task), _folder.Path);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        AssertParity(model, predictor, [random.Row(model.Descriptors.Count)]); // a runtime may take another way for one row than for many
        AssertParity(model, predictor, [.. Enumerable.Range(0, 80).Select(_ => random.Row(model.Descriptors.Count))]);
    }

    [Theory]
    [InlineData(0, 400, 60)]
    [InlineData(5, 150, 30)]
    public void With_as_many_trees_as_real_models_have(int classes, int trees, int leaves)
    {
        var random = new RandomTrees(11);
        TreeModel model = random.Model(classes, trees, leaves, "best");
        TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(classes)), _folder.Path);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        AssertParity(model, predictor, [.. Enumerable.Range(0, 300).Select(_ => random.Row(model.Descriptors.Count))]);
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(3, 400)]
    [InlineData(5, 3000)]
    public void With_relatives_that_are_in_the_table_and_those_that_are_not(int classes, int rows)
    {
        var random = new RandomTrees(classes);
        (TreeModel model, float[][] all) = random.WithRelatives(classes, rows);
        TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(classes)), _folder.Path);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        AssertParity(model, predictor, all);
        AssertParity(model, predictor, [all[0]]);
        AssertParity(model, predictor, [.. Enumerable.Range(0, 50).Select(_ => random.Row(model.Descriptors.Count))]);
        Assert.True(new RandomTrees(classes).WithRelatives(classes, rows).Rows.Select(Found).Distinct().Count() > 1); // some have relatives, others none

        bool Found(float[] row) => model.Row(row)[^1] > 0;
    }

    [Fact]
    public void Probabilities_that_are_all_zero_have_finite_logits()
    {
        TreeModel random = new RandomTrees(3).Model(3);
        TreeModel model = TreeModel.OneVersusAll(random.Descriptors, random.Ensembles, random.Calibrations.Select(_ => new PlattScaling(0, 1000)));
        TreeExporter.Export(model, RandomTrees.Card(model, RandomTrees.Task(3)), _folder.Path);
        using CrystalPredictor predictor = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        ModelOutput output = predictor.Run(CrystalBatch.Pack([PreparedCrystal.Described(new float[model.Descriptors.Count], 1)]));
        Assert.Equal([0f, 0f, 0f], output.Probabilities);
        Assert.All(output.Logits, logit => Assert.Equal(-87.33654f, logit, 1e-4f)); // ln 2^−126
    }

    private static void AssertParity(TreeModel model, CrystalPredictor predictor, float[][] rows)
    {
        ModelOutput output = predictor.Run(CrystalBatch.Pack([.. rows.Select(row => PreparedCrystal.Described(row, 0))]));
        bool isClassification = model.Kind == TaskKind.Classification;
        float[] served = isClassification ? output.Probabilities : output.Values;
        var expected = new float[rows.Length * model.OutputWidth];
        for (int row = 0; row < rows.Length; row++)
        {
            model.Evaluate(rows[row], expected.AsSpan(row * model.OutputWidth, model.OutputWidth));
        }

        Assert.Equal(expected.Length, served.Length);
        double scale = Math.Max(1, expected.Max(MathF.Abs));
        Assert.InRange(expected.Zip(served, (a, b) => Math.Abs(a - b)).Max() / scale, 0, Tolerances.TreeParity);
        Assert.All(output.Logits.Zip(served), pair => Assert.Equal(Math.Log(Math.Max(pair.Second, 1.2e-38)), pair.First, 1e-4));
    }
}
