using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class ModelOperationsCatalog
{
    /// <summary>With the schema of the data that the model was fitted on, or without (null).</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        Contracts.CheckValue(stream, nameof(stream));
        ModelFile.Write(stream, model, inputSchema);
    }

    /// <summary>A file that was there stays as it was when the model cannot be saved.</summary>
    public void Save(ITransformer model, DataViewSchema inputSchema, string filePath)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        var temporary = $"{filePath}.{System.Environment.ProcessId}.part";
        try
        {
            using (var stream = File.Create(temporary))
            {
                Save(model, inputSchema, stream);
            }

            File.Move(temporary, filePath, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public ITransformer Load(Stream stream, out DataViewSchema inputSchema)
    {
        Contracts.CheckValue(stream, nameof(stream));
        return ModelFile.Read(stream, environment, out inputSchema);
    }

    public ITransformer Load(string filePath, out DataViewSchema inputSchema)
    {
        Contracts.CheckNonEmpty(filePath, nameof(filePath));
        using var stream = File.OpenRead(filePath);
        return Load(stream, out inputSchema);
    }
}
