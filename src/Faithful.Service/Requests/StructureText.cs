namespace Faithful.Service.Requests;

/// <summary>The text of a structure as it came.</summary>
/// <param name="Id">The identifier that its predictions carry, unless the text has one.</param>
/// <param name="Format">What it is said to be.</param>
/// <param name="Utf8">The text.</param>
internal sealed record StructureText(string Id, StructureFormat Format, ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The identifier of a structure that has none.</summary>
    public const string StandardId = "structure";
}
