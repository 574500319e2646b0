using BenchmarkDotNet.Attributes;
using Faithful.Crystals;
using Faithful.Crystals.Neighbors;

namespace Faithful.Benchmarks.Micro;

/// <summary>The neighbour search in one crystal: the cost grows with its atoms, and with the atoms within the cutoff.</summary>
[MemoryDiagnoser]
public class NeighborBenchmarks
{
    private Crystal _crystal = BenchmarkData.RockSalt(1);

    [Params(1, 2, 4, 8)]
    public int Cells { get; set; }

    [Params(4, 6, 8)]
    public double Cutoff { get; set; }

    [GlobalSetup]
    public void Make() => _crystal = BenchmarkData.RockSalt(Cells);

    [Benchmark]
    public int AllWithinCutoff() => NeighborSearch.Find(_crystal, Cutoff).Count;

    [Benchmark]
    public int TwelveNearest() => NeighborSearch.Nearest(_crystal, 12, Cutoff).Count;
}
