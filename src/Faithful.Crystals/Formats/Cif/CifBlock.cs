namespace Faithful.Crystals.Formats.Cif;

/// <summary>A data block: of its items, those that describe a crystal.</summary>
/// <param name="name">The name after <c>data_</c>; may be empty.</param>
/// <param name="line">The one-based line of its beginning.</param>
internal sealed class CifBlock(string name, int line)
{
    private static readonly int ItemCount = Enum.GetValues<CifItem>().Length;

    private readonly CifColumn?[] columns = new CifColumn?[ItemCount];

    public string Name { get; } = name;

    public int Line { get; } = line;

    /// <summary>Gets the labels by name.</summary>
    public Dictionary<string, string> Labels { get; } = [];

    /// <summary>Gets what is strange but readable.</summary>
    public List<string> Warnings { get; } = [];

    public CifColumn? this[CifItem item] => columns[(int)item];

    /// <summary>Adds an item. Of two spellings of one item, the one that says something is kept, or else the first.</summary>
    /// <returns>False if the item is there already, spelt in the same way.</returns>
    public bool TryAdd(CifItem item, CifColumn column)
    {
        ref var place = ref columns[(int)item];
        if (place is not null && string.Equals(place.Tag, column.Tag, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (place is null || place.FirstKnown() is null)
        {
            place = column;
        }

        return true;
    }

    /// <summary>Gets the value of an item, or null if it is absent or says that there is none.</summary>
    public CifValue? Value(CifItem item) => columns[(int)item]?.FirstKnown();
}
