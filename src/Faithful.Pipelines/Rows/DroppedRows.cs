namespace Faithful.Pipelines;

/// <summary>The fault of mapping single rows where rows may be left out.</summary>
internal static class DroppedRows
{
    /// <summary>Makes the exception.</summary>
    /// <returns>The exception.</returns>
    public static InvalidOperationException Fault() =>
        new("Rows may be left out here, so single rows cannot be mapped, nor is there a prediction engine.");
}
