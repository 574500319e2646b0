using Faithful.Crystals.Symmetry;
using Faithful.Datasets.Samples;

namespace Faithful.Datasets.Tests.Samples;

public sealed class StructurePrototypeTests
{
    [Fact]
    public void Prototypes_have_names_of_their_own() =>
        Assert.Equal(StructurePrototypes.All.Length, StructurePrototypes.All.Select(prototype => prototype.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Every_crystal_system_and_every_point_group_has_some()
    {
        Assert.Equal(7, StructurePrototypes.All.Select(prototype => SpaceGroups.CrystalSystem(prototype.SpaceGroup)).Distinct().Count());
        var byPointGroup = StructurePrototypes.All.GroupBy(prototype => SpaceGroups.PointGroupNumber(prototype.SpaceGroup)).ToList();
        Assert.Equal(SpaceGroups.PointGroupCount, byPointGroup.Count);
        Assert.All(byPointGroup, group => Assert.True(group.Count() >= 3, SpaceGroups.PointGroupSymbols[group.Key - 1]));
    }

    [Theory]
    [InlineData("x | 225 | - |")]
    [InlineData("x | 225 | - | D 0 0 0")]
    [InlineData("x | 225 | - | A 0 0")]
    [InlineData("x | 225 | 1.2 | A 0 0 0")]
    [InlineData("x | 139 | - | A 0 0 0")]
    [InlineData("x | 231 | - | A 0 0 0")]
    [InlineData("x | 1 | 1 1 90 | A 0 0 0")]
    [InlineData("x | 225 | - | A 0 0 z")]
    public void A_line_of_another_form_is_refused(string line) => Assert.Throws<FormatException>(() => StructurePrototype.Parse(line));

    [Fact]
    public void Fractions_are_exact()
    {
        var prototype = StructurePrototype.Parse("hcp | 194 | 1.63 | A 1/3 2/3 1/4");
        Assert.Equal((1 / 3.0, 2 / 3.0, 0.25), (prototype.Sites[0].Position.X, prototype.Sites[0].Position.Y, prototype.Sites[0].Position.Z));
        Assert.Equal(('A', 194, "hcp", 1.63), (prototype.Sites[0].Role, prototype.SpaceGroup, prototype.Name, Assert.Single(prototype.Shape)));
    }
}
