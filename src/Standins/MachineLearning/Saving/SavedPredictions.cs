using System.Globalization;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Transformers that hold a model, in model files: schema of the training data, features, model, and what the task adds.</summary>
internal static class SavedPredictions
{
    public const string Regression = "RegressionPrediction";
    public const string Binary = "BinaryPrediction";
    public const string Multiclass = "MulticlassPrediction";

    public static object ReadRegression(BinaryReader reader, LocalEnvironment environment) =>
        Create(typeof(RegressionPredictionTransformer<>), ReadModel(reader, environment));

    public static object ReadBinary(BinaryReader reader, LocalEnvironment environment) =>
        Create(typeof(BinaryPredictionTransformer<>), ReadModel(reader, environment), reader.ReadSingle());

    public static object ReadMulticlass(BinaryReader reader, LocalEnvironment environment) =>
        Create(typeof(MulticlassPredictionTransformer<>), ReadModel(reader, environment), ReadName(reader), ReadName(reader), ReadName(reader));

    public static void Write(BinaryWriter writer, object model, DataViewSchema trainSchema, string featureColumn)
    {
        if (model is not ISavedStep step)
        {
            throw new NotSupportedException($"A model of type {model.GetType()} cannot be saved.");
        }

        writer.WriteSchema(trainSchema);
        writer.Write(featureColumn);
        writer.WriteStep(step);
    }

    private static string ReadName(BinaryReader reader) => reader.ReadString() is { Length: > 0 } name ? name : null;

    private static object[] ReadModel(BinaryReader reader, LocalEnvironment environment)
    {
        var (schema, features) = (reader.ReadSchema(), reader.ReadString());
        return [reader.ReadStep<object>(environment), schema, features];
    }

    /// <summary>The transformer's type names that of the model, as it did when the transformer was written.</summary>
    private static object Create(Type transformer, object[] model, params object[] options) => Activator.CreateInstance(
        transformer.MakeGenericType(PublicType(model[0].GetType())), BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null,
        [.. model, .. options], CultureInfo.InvariantCulture);

    private static Type PublicType(Type type) => type.IsVisible ? type : PublicType(type.BaseType);
}
