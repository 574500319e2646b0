namespace Microsoft.ML.Data;

/// <summary>A transformer that the package can write and, by its kind, read again.</summary>
internal interface ISavedStep
{
    string Kind { get; }

    void Write(BinaryWriter writer);
}
