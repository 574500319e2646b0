using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Faithful.Crystals.Symmetry;

/// <summary>
/// The space groups of operations that were met before. In a common basis the crystals of one structure type have the same operations,
/// and the type of a group is theirs alone: the lattice only tells spglib in which order to try axes.
/// </summary>
internal static class IdentifiedOperations
{
    private const int Most = 4096; // some 10 kB each at most; what comes later is asked for each time
    private const double Steps = 1e6; // of translations that count as the same, for a lattice vector

    private static readonly ConcurrentDictionary<Key, SpglibSpaceGroupType> Known = new();

    /// <summary>Gets the known type of some operations, or asks for it.</summary>
    /// <param name="rotations">Shape (operations, 3, 3).</param>
    /// <param name="translations">Fractions; shape (operations, 3).</param>
    /// <param name="tolerance">How far translations may be off, Å.</param>
    /// <param name="ask">Asks spglib. An answer that is none is not kept.</param>
    /// <returns>The type.</returns>
    public static SpglibSpaceGroupType GetOrAdd(int[] rotations, double[] translations, double tolerance, Func<SpglibSpaceGroupType> ask)
    {
        var key = new Key(rotations, translations, tolerance);
        if (!Known.TryGetValue(key, out var type))
        {
            type = ask();
            if (type.Number > 0 && Known.Count < Most)
            {
                Known.TryAdd(key, type);
            }
        }

        return type;
    }

    private sealed class Key : IEquatable<Key>
    {
        private readonly int[] _numbers;
        private readonly double _tolerance;
        private readonly int _hash;

        public Key(int[] rotations, double[] translations, double tolerance)
        {
            _numbers = new int[rotations.Length + translations.Length];
            rotations.CopyTo(_numbers, 0);
            for (var i = 0; i < translations.Length; i++)
            {
                var step = (int)Math.Round(translations[i] * Steps);
                _numbers[rotations.Length + i] = step == (int)Steps ? 0 : step; // a whole lattice vector is none
            }

            _tolerance = tolerance;
            var hash = default(HashCode);
            hash.Add(tolerance);
            hash.AddBytes(MemoryMarshal.AsBytes(_numbers.AsSpan()));
            _hash = hash.ToHashCode();
        }

        public bool Equals(Key? other) => other is not null && _tolerance == other._tolerance && _numbers.AsSpan().SequenceEqual(other._numbers);

        public override bool Equals(object? obj) => Equals(obj as Key);

        public override int GetHashCode() => _hash;
    }
}
