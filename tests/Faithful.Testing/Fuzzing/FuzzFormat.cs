using Faithful.Crystals.Formats;

namespace Faithful.Testing.Fuzzing;

/// <summary>A reader to be fuzzed, with what its inputs are made of.</summary>
/// <param name="Name">The name of the format, which also names the files of bad inputs.</param>
/// <param name="Seeds">Good inputs, most of them below 1 KB, that are mutated; at least one.</param>
/// <param name="Words">Words of the format that are put where they do not belong.</param>
/// <param name="Read">The reader: all crystals and errors of a stream, in the calling thread.</param>
public sealed record FuzzFormat(
    string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<string> Words, Func<Stream, IEnumerable<CrystalReadResult>> Read)
{
    /// <summary>Gets the part of the usual number of inputs that this reader gets, for one that is slow. The default value is 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Gets the most results that one byte of an input can stand for: more than 1 where it may be packed. The default value is 1.</summary>
    public int ResultsPerByte { get; init; } = 1;
}
