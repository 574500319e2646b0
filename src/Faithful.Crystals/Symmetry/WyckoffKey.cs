using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Faithful.Crystals.Symmetry;

/// <summary>
/// What decides on the Wyckoff letters of a crystal in a primitive cell, and nothing else: two crystals with equal keys have the
/// same operations but for a shift of the origin, and atoms on the same positions of the space group.
/// </summary>
/// <remarks>
/// <para>
/// A Wyckoff position is a class of conjugate site-symmetry groups. The key holds whole numbers: the rotations; for an atom on a site
/// of the highest symmetry, and all that are equivalent to it, on which of them each operation takes it, and into which cell; and
/// the different site-symmetry groups, each as its operations with the cells into which they take the atom.
/// </para>
/// <para>
/// The first two say by which lattice vector the product of two operations differs from a third one. So two groups with the same
/// numbers differ by translations that are a cocycle of a finite group with real coefficients: by a shift of the origin.
/// </para>
/// </remarks>
internal sealed class WyckoffKey
{
    private const double Margin = 1e-3; // of an edge: what lies at 0 stays there for all its rounding errors

    private readonly int[] rotations; // (operations, 3, 3)
    private readonly int[] permutations; // (operations, atoms)
    private readonly double[] positions; // (atoms, 3), from the origin atom, wrapped
    private readonly int operations;
    private readonly int atoms;
    private readonly int origin;

    /// <summary>Makes the key of a crystal from its operations.</summary>
    /// <param name="rotations">The matrices, to be applied to columns of fractions; shape (operations, 3, 3).</param>
    /// <param name="permutations">The atom on which each atom falls; shape (operations, atoms).</param>
    /// <param name="positions">The atoms in fractions; shape (atoms, 3).</param>
    public WyckoffKey(int[] rotations, int[] permutations, double[] positions)
    {
        (this.rotations, this.permutations) = (rotations, permutations);
        (operations, atoms) = (rotations.Length / 9, positions.Length / 3);
        origin = Enumerable.Range(0, atoms).MaxBy(atom => Enumerable.Range(0, operations).Count(operation => Image(operation, atom) == atom));
        this.positions = new double[positions.Length];
        for (var index = 0; index < positions.Length; index++)
        {
            var x = positions[index] - positions[(3 * origin) + (index % 3)] + Margin;
            this.positions[index] = x - Math.Floor(x) - Margin;
        }

        string[] sites = [.. Enumerable.Range(0, atoms).Select(Site)];
        string[] groups = [.. sites.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        SiteGroups = [.. sites.Select(site => Array.BinarySearch(groups, site, StringComparer.Ordinal))];
        Digest = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<char>($"{Group()}{string.Join('\uffff', groups)}")));
    }

    /// <summary>Gets what stands for all of the key's numbers: 64 hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>Gets for each atom the number of its site-symmetry group, from 0; crystals with equal keys count alike; shape (atoms).</summary>
    public int[] SiteGroups { get; }

    private int Image(int operation, int atom) => permutations[(operation * atoms) + atom];

    // Rotations, and what the operations do to the atoms that are equivalent to the origin atom, in the order in which they reach them.
    private string Group()
    {
        List<char> text = [.. rotations.Select(entry => (char)(short)entry)];
        List<int> equivalent = [.. Enumerable.Range(0, operations).Select(operation => Image(operation, origin)).Distinct()];
        for (var operation = 0; operation < operations; operation++)
        {
            foreach (var atom in equivalent)
            {
                text.Add((char)equivalent.IndexOf(Image(operation, atom)));
                AddCell(text, operation, atom);
            }
        }

        return new([.. text]);
    }

    // The operations that leave an atom where it is but for the cell.
    private string Site(int atom)
    {
        List<char> text = [];
        for (var operation = 0; operation < operations; operation++)
        {
            if (Image(operation, atom) == atom)
            {
                text.Add((char)operation);
                AddCell(text, operation, atom);
            }
        }

        return new([.. text]);
    }

    // The cell into which an operation takes an atom. Of all operations with this rotation it is the one that takes the origin atom,
    // which lies at 0, to its image in the first cell.
    private void AddCell(List<char> text, int operation, int atom)
    {
        var translation = positions.AsSpan(3 * Image(operation, origin), 3);
        var from = positions.AsSpan(3 * atom, 3);
        var to = positions.AsSpan(3 * Image(operation, atom), 3);
        for (var axis = 0; axis < 3; axis++)
        {
            var w = rotations.AsSpan((9 * operation) + (3 * axis), 3);
            text.Add((char)(short)Math.Round((w[0] * from[0]) + (w[1] * from[1]) + (w[2] * from[2]) + translation[axis] - to[axis]));
        }
    }
}
