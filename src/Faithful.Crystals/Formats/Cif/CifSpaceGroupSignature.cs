using System.Collections.Immutable;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>A fingerprint of a set of operations, whatever their order.</summary>
/// <param name="Count">The number of operations.</param>
/// <param name="Hash">Of rotations and translations; 0 if a translation is no multiple of 1/24.</param>
/// <param name="PointGroup">How many of the rotations are of each type: what groups of one crystal class have in common.</param>
internal readonly record struct CifSpaceGroupSignature(int Count, ulong Hash, ulong PointGroup)
{
    private const int TranslationDenominator = 24;

    public static CifSpaceGroupSignature Of(ImmutableArray<CifOperation> operations)
    {
        ulong hash = 0;
        var isExact = true;
        var rotations = new Dictionary<long, int[]>();
        foreach (var operation in operations)
        {
            rotations.TryAdd(RotationKey(operation.Rotation), operation.Rotation);
            var key = (ulong)RotationKey(operation.Rotation);
            for (var axis = 0; axis < 3; axis++)
            {
                var twentyFourths = operation.Translation[axis] * TranslationDenominator;
                isExact &= Math.Abs(twentyFourths - Math.Round(twentyFourths)) < 1e-6;
                key = (key * 25) + (ulong)Math.Round(twentyFourths);
            }

            hash += Mix(key);
        }

        // Ten types: determinant 1 or -1, and the trace of the proper part, -1 to 3. At most 48 rotations, so 6 bits a type.
        ulong types = 0;
        foreach (var rotation in rotations.Values)
        {
            var isProper = IntegerMatrix.Determinant(rotation) > 0;
            var trace = rotation[0] + rotation[4] + rotation[8];
            var type = Math.Clamp((isProper ? trace : -trace) + 1, 0, 4) + (isProper ? 0 : 5);
            types += 1UL << (6 * type);
        }

        return new(operations.Length, isExact ? hash | 1 : 0, types);
    }

    /// <summary>Gets a number that is different for different rotations, entries −8 to 8.</summary>
    public static long RotationKey(ReadOnlySpan<int> rotation)
    {
        long key = 0;
        foreach (var entry in rotation)
        {
            key = (key * 37) + entry;
        }

        return key;
    }

    // The finalizer of SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, OOPSLA 2014).
    private static ulong Mix(ulong key)
    {
        key += 0x9e3779b97f4a7c15;
        key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9;
        key = (key ^ (key >> 27)) * 0x94d049bb133111eb;
        return key ^ (key >> 31);
    }
}
