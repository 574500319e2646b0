using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Tests.Symmetry;

public sealed class SpaceGroupsTests
{
    // spglib's own table, all 530 settings: an independent source for the 230 types.
    [Fact]
    public unsafe void Point_groups_and_their_order_are_those_of_spglib()
    {
        Spglib.Require();
        var seen = new HashSet<int>();
        for (var hall = 1; hall <= 530; hall++)
        {
            var type = Spglib.spg_get_spacegroup_type(hall);
            var symbol = SpglibDataset.Text(type.PointGroupInternational, 6);
            Assert.Equal(symbol, SpaceGroups.PointGroupSymbol(type.Number));
            Assert.Equal(SpaceGroups.PointGroupNumber(type.Number), SpaceGroups.PointGroupNumberOf(symbol));
            Assert.Equal(hall, type.HallNumber);
            seen.Add(type.Number);
        }

        Assert.Equal(SpaceGroups.Count, seen.Count);
    }

    [Fact]
    public void The_numbers_of_point_groups_and_systems_rise_with_the_space_group()
    {
        var pointGroups = Enumerable.Range(1, 230).Select(SpaceGroups.PointGroupNumber).ToList();
        Assert.Equal(pointGroups.Order(), pointGroups);
        Assert.Equal(Enumerable.Range(1, 32), pointGroups.Distinct());
        var systems = Enumerable.Range(1, 230).Select(SpaceGroups.CrystalSystem).ToList();
        Assert.Equal(systems.Order(), systems);

        // The count of space-group types in each system is in every textbook.
        Assert.Equal([2, 13, 59, 68, 25, 27, 36], systems.GroupBy(system => system).Select(group => group.Count()));
        Assert.Equal(32, SpaceGroups.PointGroupSymbols.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(231)]
    public void There_are_230_space_groups(int number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceGroups.PointGroupNumber(number));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceGroups.PointGroupSymbol(number));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceGroups.CrystalSystem(number));
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("4m.m", "4mm")]
    [InlineData(".3m", "3m")]
    [InlineData("m2m.", "mm2")]
    [InlineData("2.mm", "mm2")]
    [InlineData("-4m.2", "-42m")]
    [InlineData("..2/m", "2/m")]
    [InlineData("4/mm.m", "4/mmm")]
    [InlineData("-6m2m", "")]
    public void Oriented_site_symmetries_are_point_groups(string symbol, string pointGroup) =>
        Assert.Equal(SpaceGroups.PointGroupNumberOf(pointGroup), SiteSymmetry.PointGroupNumber(symbol));
}
