namespace Faithful.Crystals.Bands;

/// <summary>
/// The eight momenta of a cell that time reversal leaves where they are, halves of reciprocal vectors: which are equivalent, by which
/// operations, and which operations leave each of them. Number 4a + 2b + c stands for (a, b, c)/2.
/// </summary>
internal sealed class InvariantMomenta
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    private readonly int[] representative = new int[Count];
    private readonly int[] way = new int[Count];

    /// <summary>Initializes a new instance of the <see cref="InvariantMomenta"/> class.</summary>
    /// <param name="operations">The operations of the cell.</param>
    public InvariantMomenta(IReadOnlyList<BandOperation> operations)
    {
        Array.Fill(representative, -1);
        List<int> found = [];
        for (var momentum = 0; momentum < Count; momentum++)
        {
            if (representative[momentum] >= 0)
            {
                continue;
            }

            found.Add(momentum);
            for (var operation = 0; operation < operations.Count; operation++)
            {
                var image = Image(operations[operation], momentum);
                if (representative[image] < 0)
                {
                    (representative[image], way[image]) = (found.Count - 1, operation);
                }
            }
        }

        Representatives = [.. found];
        Weights = [.. Enumerable.Range(0, found.Count).Select(star => representative.Count(owner => owner == star))];
    }

    /// <summary>Gets one momentum of each star; shape (stars).</summary>
    public int[] Representatives { get; }

    /// <summary>Gets how many momenta each star has; shape (stars).</summary>
    public int[] Weights { get; }

    /// <summary>Gets the star of a momentum.</summary>
    /// <param name="momentum">0 to 7.</param>
    /// <returns>Its index in <see cref="Representatives"/>.</returns>
    public int Star(int momentum) => representative[momentum];

    /// <summary>Gets an operation that takes the representative of a momentum's star to it.</summary>
    /// <param name="momentum">0 to 7.</param>
    /// <returns>The index of the operation.</returns>
    public int Way(int momentum) => way[momentum];

    /// <summary>Finds where an operation takes a momentum.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="momentum">0 to 7.</param>
    /// <returns>0 to 7.</returns>
    public static int Image(BandOperation operation, int momentum)
    {
        var k = Components(momentum);
        var m = operation.Reciprocal;
        var image = 0;
        for (var row = 0; row < 3; row++)
        {
            image = (2 * image) + (((m[3 * row] * k.A) + (m[(3 * row) + 1] * k.B) + (m[(3 * row) + 2] * k.C)) & 1);
        }

        return image;
    }

    /// <summary>Gets the phase of a Bloch function at a lattice vector.</summary>
    /// <param name="momentum">0 to 7.</param>
    /// <param name="x">The lattice vector.</param>
    /// <param name="y">Its second component.</param>
    /// <param name="z">Its third component.</param>
    /// <returns>1 or −1.</returns>
    public static int Phase(int momentum, int x, int y, int z)
    {
        var k = Components(momentum);
        return 1 - (2 * (((k.A * x) + (k.B * y) + (k.C * z)) & 1));
    }

    /// <summary>Gets twice a momentum.</summary>
    /// <param name="momentum">0 to 7.</param>
    /// <returns>Three numbers, 0 or 1.</returns>
    public static (int A, int B, int C) Components(int momentum) => ((momentum >> 2) & 1, (momentum >> 1) & 1, momentum & 1);
}
