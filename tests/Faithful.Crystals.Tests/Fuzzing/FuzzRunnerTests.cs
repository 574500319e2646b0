using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Testing;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>The fuzzing finds planted mistakes: a test that cannot fail would say nothing.</summary>
public sealed class FuzzRunnerTests
{
    private static readonly CrystalRecord Record = new("x", new RandomCrystals(1).Crystal(2), new Dictionary<string, string>(), "x");

    public static TheoryData<string, string> Mistakes => new()
    {
        { "throws", "System.Collections.Generic.KeyNotFoundException" },
        { "throws its own error", "Faithful.Crystals.Formats.CrystalFormatException" },
        { "throws when asked", "System.ArgumentOutOfRangeException" },
        { "is slow", " s for " },
        { "allocates", " MB allocated for " },
        { "hangs", "no end after " },
        { "never ends", "more results than the " },
        { "says nothing expected", "an error that says nothing expected" },
        { "says nothing found", "an error that says nothing found" },
        { "says too much", "an error of 5" },
        { "says control characters", "an error with control characters" },
        { "gives nothing", "a result with neither a crystal nor an error" },
        { "gives no labels", "a record without id, labels, origin or warnings" },
        { "gives an impossible crystal", "Faithful.Crystals.InvalidCrystalException" },
        { "reads once", "in pieces something else" },
        { "throws what a stream throws", "from a stream that fails: System.IO.IOException" },
        { "passes over a fault of the stream", "from a stream that fails: no error" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Planted_mistakes_are_found_and_can_be_made_again(string mistake, string reason)
    {
        // The mistake is made where the input has an "x", which is in a few of the mutations only.
        var format = new FuzzFormat("planted", ["12 34 56\n78 9"u8.ToArray()], ["x"], stream => Read(stream, mistake));
        var count = mistake == "is slow" ? 64 : 512;
        var time = TimeSpan.FromSeconds(mistake == "is slow" ? 0.02 : 1);
        var runner = new FuzzRunner(format) { HangTime = TimeSpan.FromSeconds(1), MaximumTime = time, MaximumBytes = 20_000_000 };
        var report = runner.Run(count, first: 5000);
        var fault = Assert.Single(report.Faults);
        Assert.Contains(reason, fault.ToString(), StringComparison.Ordinal);
        var number = long.Parse(fault.Input, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(number, 5000, 4999 + count);
        Assert.Equal(File.ReadAllBytes(fault.File), new FuzzMutator(format.Seeds, format.Words).Mutate(number));
        File.Delete(fault.File);
        if (mistake != "hangs")
        {
            Assert.Equal(count, report.Inputs);
            Assert.InRange(report.Crystals, 1, 5000);
        }
    }

    [Fact]
    public void A_good_reader_has_no_faults_and_reads_every_input_once()
    {
        var format = new FuzzFormat("planted", ["12 34"u8.ToArray(), "ab\ncd"u8.ToArray()], [], stream => Read(stream, "none"));
        var report = new FuzzRunner(format).Run(1000);
        Assert.Equal((1000, 1000, 0, 0), (report.Inputs, report.Crystals, report.Errors, report.Faults.Count));
    }

    [Fact]
    public void Mutations_are_many_short_and_the_same_every_time()
    {
        byte[][] seeds = [Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(10, 20).Select(line => $"{line * line} Si {line}.25\n")))];
        var (mutator, again) = (new FuzzMutator(seeds, ["Na"]), new FuzzMutator(seeds, ["Na"]));
        var inputs = Enumerable.Range(0, 5000).Select(number => mutator.Mutate(number)).ToList();
        for (var number = inputs.Count - 1; number >= 0; number -= 7) // in another order
        {
            Assert.Equal(inputs[number], again.Mutate(number));
        }

        Assert.InRange(inputs.Select(Convert.ToHexString).Distinct().Count(), 3500, 5000);
        Assert.All(inputs, input => Assert.InRange(input.Length, 0, FuzzMutator.MaximumLength));
        Assert.InRange(inputs.Average(input => input.Length), 50, 2000);
    }

    [Fact]
    public void Nothing_can_be_mutated_too()
    {
        var mutator = new FuzzMutator([[]], []);
        Assert.Contains(Enumerable.Range(0, 1000), number => mutator.Mutate(number).Length > 0);
    }

    private static IEnumerable<CrystalReadResult> Read(Stream stream, string mistake)
    {
        using var reader = new StreamReader(stream);
        var buffer = new char[100_000];
        string? text = null;
        try
        {
            text = new(buffer, 0, mistake == "reads once" ? reader.Read(buffer, 0, 4) : reader.ReadBlock(buffer));
        }
        catch (IOException) when (mistake != "throws what a stream throws")
        {
        }

        if (text is null)
        {
            if (mistake != "passes over a fault of the stream")
            {
                yield return CrystalReadResult.Failure(new("x", 1, "a stream", "one that fails"));
            }

            yield break;
        }

        yield return CrystalReadResult.Success(mistake == "reads once" ? Record with { Id = text } : Record);
        if (text.Contains('x', StringComparison.Ordinal))
        {
            switch (mistake)
            {
                case "throws":
                    throw new KeyNotFoundException();
                case "throws its own error":
                    throw new CrystalFormatException("x", 1, "an exception", "one that is thrown");
                case "throws when asked":
                    yield return CrystalReadResult.Failure(new("x", 1, "a", text.Substring(text.Length + 1)));
                    break;
                case "is slow":
                    Thread.Sleep(30);
                    break;
                case "hangs":
                    Thread.Sleep(5000);
                    break;
                case "allocates":
                    GC.KeepAlive(new byte[21_000_000]);
                    break;
                case "never ends":
                    while (true)
                    {
                        yield return CrystalReadResult.Success(Record);
                    }

                case "says nothing expected":
                    yield return CrystalReadResult.Failure(new("x", 1, " ", "b"));
                    break;
                case "says nothing found":
                    yield return CrystalReadResult.Failure(new("x", 1, "a", string.Empty));
                    break;
                case "says too much":
                    yield return CrystalReadResult.Failure(new("x", 1, "a", new string('b', 5000)));
                    break;
                case "says control characters":
                    yield return CrystalReadResult.Failure(new("x", 1, "a", "b\u001b[2J"));
                    break;
                case "gives nothing":
                    yield return default;
                    break;
                case "gives no labels":
                    yield return CrystalReadResult.Success(Record with { Labels = null! });
                    break;
                case "gives an impossible crystal":
                    yield return CrystalReadResult.Success(Record with { Crystal = Impossible() });
                    break;
            }
        }
    }

    private static Crystal Impossible() =>
        Crystal.WithKnownDistances(Lattice.Cubic(3), [Element.All[0], Element.All[1]], [Vector3D.Zero, Vector3D.Zero]);
}
