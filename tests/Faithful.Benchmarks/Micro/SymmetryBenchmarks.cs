using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Benchmarks.Micro;

/// <summary>The symmetry of 100 crystals of the sample.</summary>
[MemoryDiagnoser]
public class SymmetryBenchmarks
{
    private CrystalRecord[] _records = [];

    [GlobalSetup]
    public void Read() => _records = BenchmarkData.Spread(BenchmarkData.Sample, 100);

    [Benchmark(OperationsPerInvoke = 100)]
    public int SpaceGroups() => _records.Sum(record => SymmetryFinder.Analyze(record.Crystal).SpaceGroupNumber);

    [Benchmark(OperationsPerInvoke = 100)]
    public int PrimitiveCells() => _records.Sum(record => SymmetryFinder.Primitive(record.Crystal).Count);
}
