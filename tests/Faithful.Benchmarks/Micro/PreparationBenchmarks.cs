using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Benchmarks.Micro;

/// <summary>The preparation of 100 crystals of the sample for a graph network with a cutoff of 6 Å.</summary>
[MemoryDiagnoser]
public class PreparationBenchmarks
{
    private CrystalRecord[] _records = [];

    [Params(false, true)]
    public bool Symmetry { get; set; }

    [GlobalSetup]
    public void Read() => _records = BenchmarkData.Spread(BenchmarkData.Sample, 100);

    [Benchmark(OperationsPerInvoke = 100)]
    public int Prepare()
    {
        var options = new PreparationOptions { Cutoff = 6, UsesSymmetry = Symmetry };
        return _records.Sum(record => CrystalPreparation.Prepare(record.Crystal, options).Edges);
    }
}
