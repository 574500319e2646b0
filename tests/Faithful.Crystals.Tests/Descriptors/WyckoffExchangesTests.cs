using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Tests.Descriptors;

public sealed class WyckoffExchangesTests
{
    private static IEnumerable<int> SpaceGroupNumbers => Enumerable.Range(1, SpaceGroups.Count);

    [Fact]
    public void The_exchanges_of_every_space_group_are_a_group_of_permutations()
    {
        foreach (var spaceGroup in SpaceGroupNumbers)
        {
            var exchanges = WyckoffExchanges.Of(spaceGroup);
            var members = exchanges.Select(Convert.ToHexString).ToHashSet();
            Assert.Equal(exchanges.Length, members.Count);
            Assert.All(exchanges, exchange => Assert.Equal(Enumerable.Range(0, exchange.Length), exchange.Select(letter => (int)letter).Order()));
            foreach (var (first, second) in exchanges.Take(50).Zip(exchanges.Reverse()))
            {
                Assert.Contains(Convert.ToHexString([.. first.Select(letter => second[letter])]), members);
            }
        }
    }

    // P-1: all affine maps of the eight inversion centres, 8 translations times 168 matrices over two elements; the general
    // position i stays. Pmmm: 8 translations times 6 orders of the axes. The others: International Tables A, tables 3.5.2.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1344)]
    [InlineData(47, 48)]
    [InlineData(221, 2)]
    [InlineData(225, 2)]
    [InlineData(216, 8)]
    [InlineData(227, 2)]
    [InlineData(229, 1)]
    [InlineData(194, 2)]
    [InlineData(136, 4)]
    public void There_are_as_many_as_the_normalizer_has_ways(int spaceGroup, int count) =>
        Assert.Equal(count, WyckoffExchanges.Of(spaceGroup).Length);

    [Fact]
    public void The_order_that_is_picked_is_the_same_for_all_descriptions()
    {
        var random = new Random(5);
        var count = WyckoffExchanges.Letters.Length;
        foreach (var spaceGroup in SpaceGroupNumbers)
        {
            var exchanges = WyckoffExchanges.Of(spaceGroup);
            var given = Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? (random.Next(4), random.Next(3)) : (0, 0)).ToArray();
            var expected = given.ToArray();
            WyckoffExchanges.MakeUnique(spaceGroup, expected);
            Assert.Equal(given.Order(), expected.Order());
            foreach (var exchange in exchanges.Where((_, index) => index % 37 == 0 || index < 20))
            {
                var described = given.ToArray();
                for (var letter = 0; letter < exchange.Length; letter++)
                {
                    described[letter] = given[exchange[letter]];
                }

                WyckoffExchanges.MakeUnique(spaceGroup, described);
                Assert.True(expected.AsSpan().SequenceEqual(described), $"space group {spaceGroup}");
            }
        }
    }

    [Fact]
    public void The_general_position_stays()
    {
        foreach (var spaceGroup in SpaceGroupNumbers)
        {
            Assert.All(WyckoffExchanges.Of(spaceGroup).Where(exchange => exchange.Length > 0), exchange => Assert.Equal(exchange.Length - 1, exchange[^1]));
        }
    }
}
