using System.Text;
using Faithful.Crystals.Formats.ExtendedXyz;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What extended XYZ files are made of.</summary>
internal static class ExtendedXyzFuzzing
{
    private static readonly string[] Seeds =
    [
        "2\nLattice=\"5.43 0 0 0 5.43 0 0 0 5.43\" Properties=species:S:1:pos:R:3 pbc=\"T T T\" energy=-1.50\nSi 0 0 0\nSi 1.3575 1.3575 1.3575\n",
        "2\nProperties=Z:I:1:forces:R:3:species:S:1:pos:R:3:tag:I:1 Lattice=\"4 0 0 0 5 0 1 0 6\" name=salt config_type=\"bulk \\\"hot\\\"\" "
            + "virial=[[1,2,3],[4,5,6],[7,8,9]] dipole={1 2 3} relaxed note=''\n11 0.1 0.2 0.3 Na 0 0 0 1\n17 9 9 9 Cl\t0.5  2.5 3 2\n",
        "1\nLattice=\"3.2 0 0 0 3.2 0 0 0 3.2\" id=7\nPo 0 0 0\n1\nLattice=\"3 0 0 0 3 0 0 0 3\"\nPo 1e-1 .5 -1.0E+1\n\n3\n"
            + "Lattice=\"4.457 0 0 -2.2285 3.8599 0 0 0 5.929\"\nTe 1.1749 0 1.9763\nTe -0.5874 1.0174 3.9527\nTe 1.641 2.8425 0\n",
    ];

    private static readonly string[] Words =
    [
        "Lattice=", "Lattice=\"", "Properties=", "species:S:1:pos:R:3", "pos:R:3", "species:S:1", "Z:I:1", ":R:99999999999", ":L:1", "pbc=", "\"T T F\"", "id=", "name=", "=",
        "\"", "'", "{", "}", "[", "]", "[[", "\\\"", "\\", ",", ":", "Si", "X", "D", "119", "0", "T", "F", "energy=1", "Lattice=\"1 0 0 0 1 0 0 0 1\"", "2\n", "1\nLattice",
    ];

    public static FuzzFormat Format { get; } =
        new("extended-xyz", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Words, stream => ExtendedXyzReader.Read(stream, "a.extxyz", "a"));
}
