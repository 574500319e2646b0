namespace Microsoft.ML.Trainers;

/// <summary>What a trainer learned.</summary>
public abstract class ModelParametersBase<TOutput> : ICanSaveModel
{
    private protected ModelParametersBase()
    {
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("This stand-in saves models inside of their transformers, by mlContext.Model.Save.");
}
