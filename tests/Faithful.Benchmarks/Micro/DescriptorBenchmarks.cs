using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;

namespace Faithful.Benchmarks.Micro;

/// <summary>The descriptors of 100 crystals of the sample, symmetry included.</summary>
[MemoryDiagnoser]
public class DescriptorBenchmarks
{
    private CrystalRecord[] _records = [];

    [Params("claussen", "best", "best-no-symmetry")]
    public string Set { get; set; } = "";

    [GlobalSetup]
    public void Read() => _records = BenchmarkData.Spread(BenchmarkData.Sample, 100);

    [Benchmark(OperationsPerInvoke = 100)]
    public float Compute()
    {
        var set = DescriptorSet.Find(Set);
        return _records.Sum(record => set.Compute(record.Crystal)[0]);
    }
}
