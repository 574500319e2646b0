namespace Faithful.Service.Requests;

/// <summary>What a POST /predict asks for.</summary>
internal sealed record PredictRequest
{
    /// <summary>Gets the structures.</summary>
    public required IReadOnlyList<StructureText> Structures { get; init; }

    /// <summary>Gets the names of the models; null for all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Gets whether the body is a list: then a bad structure is an entry among the results and not the answer.</summary>
    public bool IsList { get; init; }

    /// <summary>Gets whether the answer is to hold the crystals, for drawing them.</summary>
    public bool WithCrystal { get; init; }
}
