using Faithful.Crystals.Formats.Poscar;
using Faithful.Crystals.Symmetry;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Symmetry;

/// <summary>The test structures of the spglib project, whose file names begin with the space group: POSCAR-142, POSCAR-135-2.</summary>
public sealed class SpglibFixtureTests
{
    [SkippableTheory]
    [InlineData("cubic", 63)]
    [InlineData("distorted", 9)]
    [InlineData("hexagonal", 49)]
    [InlineData("monoclinic", 28)]
    [InlineData("orthorhombic", 122)]
    [InlineData("tetragonal", 145)]
    [InlineData("triclinic", 2)]
    [InlineData("trigonal", 51)]
    [InlineData("virtual_structure", 315)]
    public void Every_structure_has_the_space_group_of_its_name(string system, int files)
    {
        Skip.IfNot(TestData.TryFind($"fixtures/spglib/{system}", out var folder, out var reason), reason);

        // As that project does: 1e-5 Å, and 0.1 Å for the distorted ones. The files name no elements; which they are does not matter.
        var options = new SymmetryOptions { DistanceTolerance = system == "distorted" ? 0.1 : Tolerances.SymmetryExact, AngleTolerance = -1 };
        var reading = new PoscarReaderOptions { PlaceholderSpecies = Element.All };
        var paths = Directory.GetFiles(folder, "POSCAR-*");
        Assert.Equal(files, paths.Length);
        var wrong = paths.AsParallel().Select(path =>
        {
            var symmetry = SymmetryFinder.Analyze(PoscarReader.Read(path, reading).Crystal, options);
            var expected = int.Parse(Path.GetFileName(path).Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);
            return symmetry.SpaceGroupNumber == expected && !symmetry.SitePointGroups.Contains(0) ? null : $"{path}: {symmetry.SpaceGroupNumber}";
        });
        Assert.Empty(wrong.Where(line => line is not null));
    }

    [SkippableFact]
    public void The_layer_of_molybdenum_sulphide_is_read_with_its_elements()
    {
        Skip.IfNot(TestData.TryFind("fixtures/spglib/layer/POSCAR-78", out var path, out var reason), reason);
        Assert.Equal("MoS2", PoscarReader.Read(path).Crystal.Formula);
    }
}
