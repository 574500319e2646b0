using System.Reflection;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.Data;

/// <summary>Readers of all that implements <see cref="ISavedStep"/>, by kind: transformers, and the models that they hold.</summary>
internal static class SavedSteps
{
    public const string Chain = "TransformerChain";
    public const string CustomMapping = "CustomMapping";

    private static readonly Dictionary<string, Func<BinaryReader, LocalEnvironment, object>> Readers = new(StringComparer.Ordinal)
    {
        [Chain] = ReadChain,
        [CustomMapping] = ReadCustomMapping,
        [ColumnCopyingTransformer.Kind] = (reader, _) => ColumnCopyingTransformer.Read(reader),
        [ColumnConcatenatingTransformer.Kind] = (reader, _) => ColumnConcatenatingTransformer.Read(reader),
        [ColumnSelectingTransformer.Kind] = (reader, _) => ColumnSelectingTransformer.Read(reader),
        [ValueToKeyMappingTransformer.Kind] = (reader, _) => ValueToKeyMappingTransformer.Read(reader),
        [KeyToValueMappingTransformer.Kind] = (reader, _) => KeyToValueMappingTransformer.Read(reader),
        [SavedPredictions.Regression] = SavedPredictions.ReadRegression,
        [SavedPredictions.Binary] = SavedPredictions.ReadBinary,
        [SavedPredictions.Multiclass] = SavedPredictions.ReadMulticlass,
        [SavedTrees.Regression] = (reader, _) => SavedTrees.ReadRegression(reader),
        [SavedTrees.Binary] = (reader, _) => SavedTrees.ReadBinary(reader),
        [SavedTrees.Calibrated] = (reader, _) => CalibratedTrees.Read(reader),
        [OneVersusAllModelParameters.Kind] = OneVersusAllModelParameters.Read,
    };

    /// <summary>Reads what <see cref="WriteStep"/> wrote.</summary>
    public static T ReadStep<T>(this BinaryReader reader, LocalEnvironment environment)
        where T : class
    {
        var kind = reader.ReadString();
        if (!Readers.TryGetValue(kind, out var read))
        {
            throw new FormatException($"The model file holds a step of kind '{kind}', which this version does not know.");
        }

        var step = read(reader, environment);
        return step as T ?? throw new FormatException($"The model file holds a step of kind '{kind}' in the place of {typeof(T)}.");
    }

    public static void WriteStep(this BinaryWriter writer, ISavedStep step)
    {
        writer.Write(step.Kind);
        step.Write(writer);
    }

    /// <summary>Has a transformer, perhaps one from outside of the package, write itself.</summary>
    public static void WriteTransformer(this BinaryWriter writer, ITransformer transformer)
    {
        var start = writer.BaseStream.Position;
        transformer.Save(new ModelSaveContext(writer));
        Contracts.Check(writer.BaseStream.Position > start, $"{transformer.GetType()} cannot be saved: its Save wrote nothing.");
    }

    private static TransformerChain<ITransformer> ReadChain(BinaryReader reader, LocalEnvironment environment)
    {
        List<ITransformer> transformers = [];
        List<TransformerScope> scopes = [];
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            scopes.Add((TransformerScope)reader.ReadInt32());
            transformers.Add(reader.ReadStep<ITransformer>(environment));
        }

        return new TransformerChain<ITransformer>(transformers, scopes);
    }

    private static ITransformer ReadCustomMapping(BinaryReader reader, LocalEnvironment environment)
    {
        var (contract, assembly) = (reader.ReadString(), reader.ReadString());
        environment.ComponentCatalog.RegisterAssembly(Assembly.Load(assembly));
        var factory = (ICustomMappingFactory)environment.ComponentCatalog.GetExtensionValue(typeof(CustomMappingFactoryAttributeAttribute), contract);
        return factory.CreateTransformer(contract);
    }
}
