namespace Microsoft.ML;

/// <summary>Can be written into a model. Only the package itself can write into the context.</summary>
public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
