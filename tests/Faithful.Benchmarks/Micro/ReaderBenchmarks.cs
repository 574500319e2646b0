using BenchmarkDotNet.Attributes;
using Faithful.Crystals.Formats;

namespace Faithful.Benchmarks.Micro;

/// <summary>Reading and validating 2,000 crystals of materials JSONL, and a folder of POSCAR files.</summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    [Benchmark]
    public int MaterialsJson() => BenchmarkData.Read(BenchmarkData.Sample).Count();

    [Benchmark]
    public int FolderOfExamples() => CrystalSource.Read(Faithful.Testing.TestData.Examples).Count();
}
