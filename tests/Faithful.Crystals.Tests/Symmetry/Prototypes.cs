namespace Faithful.Crystals.Tests.Symmetry;

/// <summary>Crystals whose space group everybody knows, chiral and polar ones among them; lengths in Å.</summary>
internal static class Prototypes
{
    public static IEnumerable<(string Name, int SpaceGroup, Crystal Crystal)> All()
    {
        yield return ("silicon", 227, Of(Lattice.FromParameters(3.84, 3.84, 3.84, 60, 60, 60), "Si Si", new(0, 0, 0), new(0.25, 0.25, 0.25)));
        yield return ("zinc blende", 216, Of(Lattice.FromParameters(3.82, 3.82, 3.82, 60, 60, 60), "Zn S", new(0, 0, 0), new(0.25, 0.25, 0.25)));
        yield return ("caesium chloride", 221, Of(Lattice.Cubic(4.12), "Cs Cl", new(0, 0, 0), new(0.5, 0.5, 0.5)));
        yield return ("magnesium", 194, Of(Lattice.Hexagonal(3.21, 5.21), "Mg Mg", new(1 / 3.0, 2 / 3.0, 0.25), new(2 / 3.0, 1 / 3.0, 0.75)));
        yield return ("wurtzite", 186, Of(
            Lattice.Hexagonal(3.82, 6.26), "Zn Zn S S", new(1 / 3.0, 2 / 3.0, 0), new(2 / 3.0, 1 / 3.0, 0.5), new(1 / 3.0, 2 / 3.0, 0.375), new(2 / 3.0, 1 / 3.0, 0.875)));
        yield return ("rutile", 136, Of(
            Lattice.Tetragonal(4.594, 2.959), "Ti Ti O O O O", new(0, 0, 0), new(0.5, 0.5, 0.5), new(0.305, 0.305, 0), new(0.695, 0.695, 0), new(0.805, 0.195, 0.5), new(0.195, 0.805, 0.5)));
        yield return ("bismuth selenide", 166, Of(
            Lattice.Rhombohedral(9.84, 24.27), "Bi Bi Se Se Se", new(0.399, 0.399, 0.399), new(0.601, 0.601, 0.601), new(0, 0, 0), new(0.206, 0.206, 0.206), new(0.794, 0.794, 0.794)));
        yield return ("tellurium", 152, Of(Lattice.Hexagonal(4.457, 5.929), "Te Te Te", new(0.2636, 0, 1 / 3.0), new(0, 0.2636, 2 / 3.0), new(0.7364, 0.7364, 0)));
        yield return ("tellurium of the other hand", 154, Of(Lattice.Hexagonal(4.457, 5.929), "Te Te Te", new(0.2636, 0, 2 / 3.0), new(0, 0.2636, 1 / 3.0), new(0.7364, 0.7364, 0)));
        yield return ("tantalum arsenide", 109, Of(
            Lattice.Tetragonal(3.437, 11.656), "Ta Ta Ta Ta As As As As", new(0, 0, 0), new(0.5, 0.5, 0.5), new(0, 0.5, 0.25), new(0.5, 0, 0.75), new(0, 0, 0.417), new(0.5, 0.5, 0.917), new(0, 0.5, 0.667), new(0.5, 0, 0.167)));
        yield return ("a triclinic cell", 2, Of(Lattice.FromParameters(4, 5, 6, 80, 95, 102), "Na Cl", new(0, 0, 0), new(0.5, 0.5, 0.5)));
    }

    private static Crystal Of(Lattice lattice, string species, params Vector3D[] positions) => new(lattice, species.Split(' ').Select(Element.FromSymbol), positions);
}
