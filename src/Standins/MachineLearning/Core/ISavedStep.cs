namespace Microsoft.ML.Data;

/// <summary>A transformer or a model that can be written and, by its kind, read again; the readers stand in <see cref="SavedSteps"/>.</summary>
internal interface ISavedStep
{
    string Kind { get; }

    void Write(BinaryWriter writer);
}
