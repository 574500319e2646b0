namespace Faithful.Pipelines;

/// <summary>
/// Which rows purification has seen, and which of them it keeps. Rows that are the same in identifier and structure are told apart by
/// their order.
/// </summary>
internal sealed class LearnedRows
{
    private static readonly bool[] Keep = [true];
    private static readonly bool[] Remove = [false];

    private readonly Dictionary<UInt128, bool[]> _decisions = [];

    /// <summary>Gets the number of different rows.</summary>
    public int Count => _decisions.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="isKept">Whether it is kept.</param>
    public void Add(UInt128 key, bool isKept) =>
        _decisions[key] = _decisions.TryGetValue(key, out bool[]? before) ? [.. before, isKept] : isKept ? Keep : Remove;

    /// <summary>Looks a row up.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="occurrence">How many rows of this key came before it.</param>
    /// <returns>Whether it is kept; null for one that was never seen. One more of a kind is not kept.</returns>
    public bool? Find(UInt128 key, int occurrence) =>
        !_decisions.TryGetValue(key, out bool[]? decisions) ? null : occurrence < decisions.Length && decisions[occurrence];

    /// <summary>Writes the rows.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(BinaryWriter writer)
    {
        writer.Write(_decisions.Count);
        foreach ((UInt128 key, bool[] decisions) in _decisions)
        {
            writer.Write((ulong)(key >> 64));
            writer.Write((ulong)key);
            writer.Write7BitEncodedInt(decisions.Length);
            foreach (bool decision in decisions)
            {
                writer.Write(decision);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="EndOfStreamException">The rows break off.</exception>
    /// <exception cref="InvalidDataException">These are no such rows.</exception>
    public static LearnedRows Read(BinaryReader reader)
    {
        var rows = new LearnedRows();
        int count = AtLeast(0, reader.ReadInt32());
        for (int row = 0; row < count; row++)
        {
            var key = new UInt128(reader.ReadUInt64(), reader.ReadUInt64());
            int occurrences = AtLeast(1, reader.Read7BitEncodedInt());
            for (int occurrence = 0; occurrence < occurrences; occurrence++)
            {
                rows.Add(key, reader.ReadBoolean());
            }
        }

        return rows;
    }

    private static int AtLeast(int least, int number) =>
        number >= least ? number : throw new InvalidDataException($"a number of rows of {number}");
}
