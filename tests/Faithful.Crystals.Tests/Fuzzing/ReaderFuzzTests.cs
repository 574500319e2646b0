using System.Text;
using Faithful.Testing;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>
/// Whatever a file holds, a reader gives valid crystals or errors that say what was expected and found, within a second and
/// 200 MB. The number of inputs for each reader is that of the environment variable FAITHFUL_FUZZ_INPUTS, or 200,000.
/// </summary>
[Trait("Category", "Fuzz")]
public sealed class ReaderFuzzTests
{
    private static readonly FuzzFormat[] Formats =
    [
        PoscarFuzzing.Format, MaterialsJsonFuzzing.Format, CifFuzzing.Format, ExtendedXyzFuzzing.Format, OptimadeFuzzing.Format, SourceFuzzing.Text,
        SourceFuzzing.Archive,
    ];

    public static TheoryData<string> Names => new(Formats.Select(format => format.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_files_give_crystals_or_errors(string name)
    {
        var format = FormatOf(name);
        var count = FuzzRunner.InputsOf(format);
        var report = new FuzzRunner(format).Run(count);
        Assert.True(report.Faults.Count == 0, string.Join('\n', report.Faults));
        Assert.Equal(count, report.Inputs);

        // Damage that breaks nothing, or everything, would test nothing.
        Assert.InRange(report.Crystals, count / 50, 10 * count);
        Assert.InRange(report.Errors, count / 10, 10 * count);
    }

    // Depth, length and number without end: each word fifty thousand times, in each place of a good file.
    [Theory]
    [MemberData(nameof(Names))]
    public void Endless_files_give_crystals_or_errors(string name)
    {
        var format = FormatOf(name);
        var runner = new FuzzRunner(format);
        var random = new Random(1);
        var every = (int)(1 / format.Share); // the words of all formats together are many
        foreach (var word in format.Words.Where((_, index) => index % every == 0).Concat([" ", "\n", "\t", "1", "1 ", "9", "-", ".", "\0", "é", "\r"]))
        {
            var block = Encoding.UTF8.GetBytes(new StringBuilder().Insert(0, word, 50_000).ToString());
            foreach (var seed in new[] { [], random.GetItems([.. format.Seeds], 1)[0] })
            {
                var place = random.Next(seed.Length + 1);
                Assert.Null(runner.RunOne("endless", [.. seed[..place], .. block, .. seed[place..]]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_broke_a_reader_once_does_not_break_it_again(string name)
    {
        var runner = new FuzzRunner(FormatOf(name));
        var folder = Path.Combine(TestData.RepositoryRoot, "tests", "Faithful.Crystals.Tests", "Fuzzing", "Regressions", name);
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        Assert.All(files, file => Assert.Null(runner.RunOne(Path.GetFileName(file), File.ReadAllBytes(file))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Seeds_are_good_files(string name)
    {
        var format = FormatOf(name);
        Assert.All(format.Seeds, seed => Assert.All(format.Read(new MemoryStream(seed)), result => Assert.True(result.IsSuccess, result.Error?.Message)));
    }

    private static FuzzFormat FormatOf(string name) => Array.Find(Formats, format => format.Name == name)!;
}
