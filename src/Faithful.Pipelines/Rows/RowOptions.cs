namespace Faithful.Pipelines;

/// <summary>Checks what the options of all components have in common.</summary>
internal static class RowOptions
{
    private const int MostReadAhead = 65_536;

    /// <summary>Lists faults.</summary>
    /// <param name="structureColumn">The column of structures.</param>
    /// <param name="idColumn">The column of identifiers.</param>
    /// <param name="onBadStructure">What becomes of unreadable rows.</param>
    /// <param name="readAhead">The rows read ahead.</param>
    /// <returns>One sentence a fault.</returns>
    public static IEnumerable<string> Faults(string structureColumn, string idColumn, BadStructure onBadStructure, int readAhead)
    {
        if (string.IsNullOrEmpty(structureColumn))
        {
            yield return "StructureColumnName must name a column, found none.";
        }

        if (string.IsNullOrEmpty(idColumn))
        {
            yield return "IdColumnName must name a column, found none.";
        }

        if (!Enum.IsDefined(onBadStructure))
        {
            yield return $"OnBadStructure must be Missing, Drop or Throw, found {onBadStructure}.";
        }

        if (readAhead is < 1 or > MostReadAhead)
        {
            yield return $"ReadAhead must lie in 1..{MostReadAhead}, found {readAhead}.";
        }
    }

    /// <summary>Throws the faults of options.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="parameter">The parameter that holds the options.</param>
    /// <exception cref="ArgumentException">There is a fault; the message names all.</exception>
    public static void Check(IReadOnlyList<string> faults, string parameter)
    {
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(" ", faults), parameter);
        }
    }
}
