using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Onnx;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Benchmarks.Micro;

/// <summary>
/// Scoring 1,024 rows of descriptors with five one-versus-all ensembles of 500 random trees, each of 1 to 60 leaves: by ONNX Runtime on
/// all processors and on one, and by the reference in C#.
/// </summary>
[MemoryDiagnoser]
public class TreeBenchmarks : IDisposable
{
    private const int Rows = 1024;

    private readonly TemporaryFolder _folder = new();
    private TreeModel? _model;
    private CrystalPredictor? _all, _one;
    private CrystalBatch? _batch;

    [Params("claussen", "best")]
    public string Set { get; set; } = "";

    [GlobalSetup]
    public void Export()
    {
        ModelTask task = RandomTrees.Task(5);
        var random = new RandomTrees(1);
        var set = DescriptorSet.Find(Set);
        _model = TreeModel.OneVersusAll(
            set,
            task.Classes.Select(_ => new TreeEnsemble(Enumerable.Range(0, 500).Select(_ => random.Tree(set.Count, mostLeaves: 60)))),
            task.Classes.Select(_ => new PlattScaling(-1, 0)));
        TreeExporter.Export(_model, RandomTrees.Card(_model, task), _folder.Path);
        _all = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu });
        _one = CrystalPredictor.Open(_folder.Path, new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = 1 });
        CrystalRecord[] records = BenchmarkData.Spread(BenchmarkData.Sample, Rows);
        _batch = CrystalBatch.Pack([.. Enumerable.Range(0, Rows).Select(
            row => CrystalPreparation.Prepare(records[row % records.Length].Crystal, _model.Preparation))]);
    }

    [Benchmark(OperationsPerInvoke = Rows, Baseline = true)]
    public float OnnxRuntime() => _all!.Run(_batch!).Probabilities[0];

    [Benchmark(OperationsPerInvoke = Rows)]
    public float OnnxRuntimeOneThread() => _one!.Run(_batch!).Probabilities[0];

    [Benchmark(OperationsPerInvoke = Rows)]
    public float Reference()
    {
        var results = new float[_model!.OutputWidth];
        float sum = 0;
        for (int row = 0; row < Rows; row++)
        {
            _model.Evaluate(_batch!.Descriptors.AsSpan(row * _model.Descriptors.Count, _model.Descriptors.Count), results);
            sum += results[0];
        }

        return sum;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _all?.Dispose();
        _one?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
