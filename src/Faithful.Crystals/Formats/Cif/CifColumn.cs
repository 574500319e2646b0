namespace Faithful.Crystals.Formats.Cif;

/// <summary>The values of a data item: one, or as many as its loop has rows.</summary>
/// <param name="tag">The data name as written.</param>
/// <param name="line">The line of the data name.</param>
internal sealed class CifColumn(string tag, int line)
{
    private readonly List<CifValue> values = [];

    public string Tag { get; } = tag;

    public int Line { get; } = line;

    public int Count => values.Count;

    public CifValue this[int row] => values[row];

    public void Add(CifValue value) => values.Add(value);

    /// <summary>Gets the first value that says something.</summary>
    public CifValue? FirstKnown()
    {
        foreach (var value in values)
        {
            if (!value.IsMissing)
            {
                return value;
            }
        }

        return null;
    }
}
