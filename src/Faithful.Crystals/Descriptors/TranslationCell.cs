namespace Faithful.Crystals.Descriptors;

/// <summary>
/// The smallest cell of a crystal by translations: which of them take every atom near an atom of the same element. Pure
/// geometry, without the symmetry finder, for models that must learn symmetry themselves.
/// </summary>
internal sealed class TranslationCell
{
    /// <summary>How far an atom may end from another one, Å, the coarsest first; where the translations are no group, the next one is tried.</summary>
    private static readonly double[] Tolerances = [0.1, 0.01];

    private TranslationCell(Lattice lattice, int cells)
    {
        Lattice = lattice;
        Cells = cells;
    }

    /// <summary>Gets the lattice of the smallest cell, by some basis.</summary>
    public Lattice Lattice { get; }

    /// <summary>Gets how many of them the given cell holds.</summary>
    public int Cells { get; }

    public static TranslationCell Of(Crystal crystal)
    {
        var reduction = crystal.Lattice.Reduction;
        var search = new TranslationSearch(crystal, reduction);
        foreach (var tolerance in Tolerances)
        {
            var translations = search.Find(tolerance);
            if (translations.Count == 0)
            {
                break;
            }

            if (Join(translations, search.Denominator) is int[] rows)
            {
                Vector3D Row(int row) =>
                    ((rows[3 * row] * reduction.A) + (rows[(3 * row) + 1] * reduction.B) + (rows[(3 * row) + 2] * reduction.C)) / search.Denominator;
                return new(new Lattice(Row(0), Row(1), Row(2)), translations.Count + 1);
            }
        }

        return new(crystal.Lattice, 1);
    }

    // The basis of all sums of the cell's vectors and the translations, in 1/denominator of the cell's vectors; null where they
    // are no group: where the sums make more points than there are translations.
    private static int[]? Join(List<(int X, int Y, int Z)> translations, int denominator)
    {
        int[] rows = [denominator, 0, 0, 0, denominator, 0, 0, 0, denominator];
        foreach (var (x, y, z) in translations)
        {
            AddRow(rows, [x, y, z]);
        }

        var points = (long)denominator * denominator * denominator / ((long)rows[0] * rows[4] * rows[8]);
        return points == translations.Count + 1 ? rows : null;
    }

    // Keeps the rows an upper triangle (Hermite's normal form up to the numbers above the diagonal) that spans the new row too.
    private static void AddRow(int[] rows, Span<int> added)
    {
        for (var pivot = 0; pivot < 3; pivot++)
        {
            var row = rows.AsSpan(3 * pivot, 3);
            while (added[pivot] != 0)
            {
                var quotient = row[pivot] / added[pivot];
                for (var column = pivot; column < 3; column++)
                {
                    (row[column], added[column]) = (added[column], row[column] - (quotient * added[column]));
                }
            }

            if (row[pivot] < 0)
            {
                for (var column = pivot; column < 3; column++)
                {
                    row[column] = -row[column];
                }
            }

            for (var below = pivot + 1; below < 3; below++) // what later rows can take away goes: the numbers stay small
            {
                var quotient = row[below] / rows[4 * below];
                for (var column = below; column < 3; column++)
                {
                    row[column] -= quotient * rows[(3 * below) + column];
                }
            }
        }
    }
}
