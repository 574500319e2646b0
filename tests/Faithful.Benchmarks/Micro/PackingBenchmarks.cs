using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Testing;

namespace Faithful.Benchmarks.Micro;

/// <summary>Packing 200 crystals without symmetry, and what the file gives back.</summary>
[MemoryDiagnoser]
public class PackingBenchmarks : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedDatasetKey _key = PackedDatasetKey.Create(new string('0', 64), new PreparationOptions { Cutoff = 6 });
    private CrystalReadResult[] _source = [];
    private PackedDataset? _packed;

    [GlobalSetup]
    public void Read()
    {
        _source = [.. BenchmarkData.Spread(BenchmarkData.Sample, 200).Select(CrystalReadResult.Success)];
        PackedDatasetBuilder.Build(_folder["read.packed"], _key, _source);
        _packed = PackedDataset.Open(_folder["read.packed"]);
    }

    [Benchmark(OperationsPerInvoke = 200)]
    public void Pack() => PackedDatasetBuilder.Build(_folder["write.packed"], _key, _source);

    [Benchmark]
    public void Open() => PackedDataset.Open(_folder["read.packed"]).Dispose();

    [Benchmark(OperationsPerInvoke = 200)]
    public int CopyCrystals() => Enumerable.Range(0, _packed!.Count).Sum(index => _packed[index].Edges);

    [Benchmark(OperationsPerInvoke = 200)]
    public int Join() => _packed!.Join([.. Enumerable.Range(0, _packed.Count)]).EdgeSource.Length;

    [GlobalCleanup]
    public void Dispose()
    {
        _packed?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
