namespace Microsoft.ML.Data;

/// <summary>Opens a buffer for writing; its arrays are used again where they are large enough.</summary>
public static class VBufferEditor
{
    public static VBufferEditor<T> CreateFromBuffer<T>(scoped ref VBuffer<T> destination) => destination.Edit();

    public static VBufferEditor<T> Create<T>(
        scoped ref VBuffer<T> destination,
        int newLogicalLength,
        int? valuesCount = null,
        int? maxValuesCapacity = null,
        bool keepOldOnResize = false,
        bool requireIndicesOnDense = false)
    {
        Contracts.CheckParam(newLogicalLength >= 0, nameof(newLogicalLength), $"A vector's length is not negative, but {newLogicalLength} was given.");
        Contracts.CheckParam(valuesCount is not < 0, nameof(valuesCount), $"A vector does not hold {valuesCount} values.");
        Contracts.CheckParam(valuesCount is null || valuesCount <= newLogicalLength, nameof(valuesCount),
            $"A vector of {newLogicalLength} does not hold {valuesCount} values.");
        return destination.Edit(newLogicalLength, valuesCount ?? newLogicalLength, maxValuesCapacity ?? Array.MaxLength,
            keepOldOnResize, requireIndicesOnDense);
    }
}
