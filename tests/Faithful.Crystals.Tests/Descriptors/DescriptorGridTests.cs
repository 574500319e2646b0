using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Transformations;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Descriptors;

/// <summary>Rounding makes descriptors the same numbers, to the last bit, however a crystal is described.</summary>
public sealed class DescriptorGridTests
{
    // A value that happens to lie in the middle between two points of the grid goes either way.
    private const double LargestShareOfOthers = 1e-5; // of all values
    private const double AngleStep = 1.0 / 64; // those of the Niggli cell have larger steps

    [Fact]
    public void Example_crystals_have_the_same_bits()
    {
        Crystal[] examples = [.. CrystalSource.Read(TestData.Examples).Select(result => result.GetRecordOrThrow().Crystal)];
        AssertSameBits(examples.SelectMany(crystal => Enumerable.Repeat(crystal, 3)));
    }

    [Fact]
    public void Random_crystals_have_the_same_bits() => AssertSameBits(Enumerable.Range(0, 150).Select(seed => new RandomCrystals(seed).Crystal()));

    [SkippableFact]
    public void Real_crystals_have_the_same_bits()
    {
        Skip.IfNot(TestData.TryFind("datasets/tqc.jsonl.gz", out var path, out var reason), reason);
        var real = CrystalSource.Read(path).Where((_, index) => index % 97 == 0).Select(result => result.GetRecordOrThrow().Crystal);
        AssertSameBits(real.Where(crystal => crystal.Count <= 60));
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(0.328125f)] // 21/64 has a digit more than five
    [InlineData(-2.75f)]
    [InlineData(230)]
    [InlineData(65535)]
    [InlineData(0)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Points_of_the_grid_stay(float value) => Assert.Equal(value, Rounded(value));

    [Fact]
    public void Simple_fractions_lie_far_from_where_rounding_is_decided()
    {
        for (var denominator = 1; denominator <= 48; denominator++)
        {
            for (var numerator = 1; numerator <= 4 * denominator; numerator++)
            {
                var value = (float)((double)numerator / denominator);
                Assert.Equal(Rounded(value), Rounded(MathF.BitIncrement(value)));
                Assert.Equal(Rounded(value), Rounded(MathF.BitDecrement(value)));
            }
        }
    }

    [Fact]
    public void Rounding_moves_a_value_by_half_a_step_at_the_most_and_is_done_once()
    {
        var random = new RandomCrystals(5);
        for (var sample = 0; sample < 20_000; sample++)
        {
            var value = (float)((random.Integer(0, 1) - 0.5) * Math.Pow(10, random.Uniform(-8, 8)));
            var rounded = Rounded(value);
            Assert.InRange(Math.Abs((double)rounded - value), 0, 0.5 * DescriptorGrid.Step(value));
            Assert.Equal(rounded, Rounded(rounded));
            Assert.Equal(-rounded, Rounded(-value));
        }
    }

    private static float Rounded(float value)
    {
        DescriptorGrid.Round(new(ref value));
        return value;
    }

    private static void AssertSameBits(IEnumerable<Crystal> crystals)
    {
        var (values, others, seed) = (0, new List<string>(), 0);
        foreach (var crystal in crystals)
        {
            var random = new RandomCrystals(++seed);
            foreach (var set in DescriptorSet.All)
            {
                var again = random.Redescribe(seed % 4 == 0 && set.UsesSymmetry ? crystal.Supercell(1, 2, 1) : crystal);
                var (before, after) = (set.Compute(crystal), set.Compute(again));
                values += set.Count;
                for (var index = 0; index < set.Count; index++)
                {
                    if (!before[index].Equals(after[index]))
                    {
                        var step = set.Units[index] == "°" ? AngleStep : DescriptorGrid.Step(before[index]);
                        var difference = Math.Abs((double)before[index] - after[index]);
                        others.Add($"crystal {seed}, {set}, {set.Names[index]}: {before[index]:R} and {after[index]:R}");
                        Assert.True(difference <= step, others[^1]);
                    }
                }
            }
        }

        Assert.True(others.Count <= LargestShareOfOthers * values, $"{others.Count} of {values}: {string.Join("; ", others)}");
    }
}
