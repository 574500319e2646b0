using System.Text;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing.Fuzzing;

namespace Faithful.Crystals.Tests.Fuzzing;

/// <summary>What POSCAR files are made of.</summary>
internal static class PoscarFuzzing
{
    private static readonly string[] Seeds =
    [
        "Si2\n1.0\n  0 2.715 2.715\n  2.715 0 2.715\n  2.715 2.715 0\nSi\n2\nDirect\n  0 0 0\n  0.25 0.25 0.25\n",
        "salt\n-179.4\n1 0 0\n0 1 0\n0 0 1\nNa_pv Cl/7d3a\n4 4 ! atoms\nSelective dynamics\nCartesian\n0 0 0 T T F\n0 .5 .5 T T F\n.5 0 .5 F F F\n"
            + ".5 .5 0 F F F\n.5 .5 .5 T T T\n.5 0 0 T T T\n0 .5 0 T T T\n0 0 .5 T T T\n",
        "Ti O\n 1.0 0.9 1.1 \n 4.594 0.0D0 0\n 0 4.594 0\n 0 0 2.959\n 2 4\nd\n0 0 0\n0.5 0.5 0.5\n0.305 0.305 0 O1\n0.695 0.695 0 # second\n"
            + "0.805 0.195 0.5\n0.195 0.805 0.5\n\n 0.1 0.2 0.3\n 0 0 0\n",
        "unknown\r\n2\r\n1.9 0 0\r\n-0.95 1.645 0\r\n0 0 3.1\r\nZn S Zn S\r\n1 1 1 1\r\nkartesisch\r\n0 1.1 0\r\n0 1.1 1.16\r\n0.95 0.55 1.55\r\n.95 .55 2.71\r\n",
        "H\n1\n1e1 0 0\n0 1e+1 0\n0 0 10.\nH\n1\nD\n-1e-3 1.5 999999",
    ];

    private static readonly string[] Words =
    [
        "Si", "Na", "Cl", "O", "H", "He", "Og", "X", "D", "Fe_pv", "Si/4d8a", "Uuo", "Direct", "direct", "Cartesian", "K", "Selective dynamics", "S",
        "T", "F", "!", "#", "1", "2", "4", "-40", "0 0 0", "0.5 0.5 0.5", "1 1 1 1 1 1 1 1", "Lattice velocities and vectors", "NaCl",
    ];

    public static FuzzFormat Format { get; } =
        new("poscar", [.. Seeds.Select(Encoding.UTF8.GetBytes)], Words, stream => [PoscarReader.TryRead(stream, "POSCAR", "x")]);
}
