namespace Faithful.Pipelines;

/// <summary>The fault of a value that is asked for where there is no row.</summary>
internal static class NoRow
{
    /// <summary>Makes the exception.</summary>
    /// <returns>The exception.</returns>
    public static InvalidOperationException Fault() =>
        new("Values can only be fetched from a row: the cursor stands before the first, or behind the last.");
}
