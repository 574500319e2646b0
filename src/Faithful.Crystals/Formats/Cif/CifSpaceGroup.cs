using System.Collections.Immutable;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>The operations of a space group in some setting, the identity first.</summary>
internal sealed class CifSpaceGroup
{
    /// <summary>The most operations of a group: those of the largest setting (192), eight times for a doubled cell.</summary>
    public const int MaximumOperations = 8 * 192;

    /// <summary>Translations closer than this are one: those of lists with three decimals are as far off.</summary>
    private const double Tolerance = 2.5e-3;

    private readonly int[][] rotations;

    private CifSpaceGroup(ImmutableArray<CifOperation> operations)
    {
        Operations = operations;
        rotations = [.. operations.DistinctBy(operation => CifSpaceGroupSignature.RotationKey(operation.Rotation)).Select(operation => operation.Rotation)];
        Signature = CifSpaceGroupSignature.Of(operations);
    }

    /// <summary>Gets the operations, the identity first.</summary>
    public ImmutableArray<CifOperation> Operations { get; }

    /// <summary>Gets what two groups have in common that have the same operations.</summary>
    public CifSpaceGroupSignature Signature { get; }

    /// <summary>Gets the group of translations of the lattice alone.</summary>
    public static CifSpaceGroup P1 { get; } = new([CifOperation.Identity]);

    /// <summary>Makes a group of a complete list of operations.</summary>
    /// <param name="operations">The operations; some may be there twice.</param>
    /// <returns>The group, or null if they form none.</returns>
    public static CifSpaceGroup? FromList(IReadOnlyList<CifOperation> operations)
    {
        var given = new OperationSet();
        foreach (var operation in operations)
        {
            given.TryAdd(operation);
        }

        // The operations generate a group; it must hold nothing else. Most are products of the first few.
        var group = Generate(operations, given.Count);
        return group is not null && group.Count == given.Count
            ? new([CifOperation.Identity, .. given.Items.Where(operation => !OperationSet.AreSame(operation, CifOperation.Identity))])
            : null;
    }

    /// <summary>Makes the group that some operations generate.</summary>
    /// <param name="generators">The operations.</param>
    /// <returns>The group, or null if it has too many operations.</returns>
    public static CifSpaceGroup? FromGenerators(IEnumerable<CifOperation> generators) =>
        Generate(generators, MaximumOperations) is { } group ? new([.. group.Items]) : null;

    /// <summary>
    /// Gets how far the operations are from leaving all distances unchanged: the largest change of a product of two basis vectors
    /// over the product of their lengths. 0 if the cell has the symmetry.
    /// </summary>
    public double Distortion(Lattice lattice)
    {
        Span<Vector3D> basis = [lattice.A, lattice.B, lattice.C];
        Span<double> metric = stackalloc double[9];
        for (var place = 0; place < 9; place++)
        {
            metric[place] = basis[place / 3].Dot(basis[place % 3]);
        }

        var largest = 0.0;
        Span<Vector3D> images = stackalloc Vector3D[3];
        foreach (var r in rotations)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                images[axis] = (r[axis] * basis[0]) + (r[axis + 3] * basis[1]) + (r[axis + 6] * basis[2]);
            }

            for (var place = 0; place < 9; place++)
            {
                var (row, column) = (place / 3, place % 3);
                var change = Math.Abs(images[row].Dot(images[column]) - metric[place]);
                largest = Math.Max(largest, change / Math.Sqrt(metric[4 * row] * metric[4 * column]));
            }
        }

        return largest;
    }

    // Dimino's way: each new generator multiplies the group found so far. Null if there are more operations than the limit.
    private static OperationSet? Generate(IEnumerable<CifOperation> generators, int limit)
    {
        var group = new OperationSet();
        group.TryAdd(CifOperation.Identity);
        var used = new List<CifOperation>();
        foreach (var generator in generators)
        {
            if (group.Contains(generator))
            {
                continue;
            }

            used.Add(generator);
            for (var index = 0; index < group.Count; index++)
            {
                foreach (var factor in used)
                {
                    group.TryAdd(factor.After(group.Items[index]));
                }

                if (group.Count > limit)
                {
                    return null;
                }
            }
        }

        return group;
    }

    private sealed class OperationSet
    {
        private readonly Dictionary<long, List<CifOperation>> byRotation = [];

        public List<CifOperation> Items { get; } = [];

        public int Count => Items.Count;

        public bool TryAdd(CifOperation operation)
        {
            var key = CifSpaceGroupSignature.RotationKey(operation.Rotation);
            if (!byRotation.TryGetValue(key, out var same))
            {
                byRotation[key] = same = [];
            }

            foreach (var other in same)
            {
                if (AreSame(operation, other))
                {
                    return false;
                }
            }

            same.Add(operation);
            Items.Add(operation);
            return true;
        }

        public bool Contains(CifOperation operation) =>
            byRotation.TryGetValue(CifSpaceGroupSignature.RotationKey(operation.Rotation), out var same)
            && same.Exists(other => AreSame(operation, other));

        public static bool AreSame(CifOperation first, CifOperation second)
        {
            var difference = first.Translation - second.Translation;
            return IsWhole(difference.X) && IsWhole(difference.Y) && IsWhole(difference.Z)
                && first.Rotation.AsSpan().SequenceEqual(second.Rotation);
        }

        private static bool IsWhole(double number) => Math.Abs(number - Math.Round(number)) < Tolerance;
    }
}
