using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Pipelines.Tests;

/// <summary>Model folders of the repository by their tasks, and how tests serve them: on the processor, as every machine has one.</summary>
internal static class ShippedModels
{
    public static CrystalScoringOptions OnCpu { get; } = new() { Serving = new ServingOptions { Device = ServingDevice.Cpu } };

    public static string PointGroup { get; } = OfTask("point-group").First();

    public static string Energy { get; } = OfTask("formation-energy").First();

    public static string[] Topology { get; } = [.. OfTask("tqc").Take(2)];

    /// <summary>Opened once for all tests that only ask it: opening costs more than their questions. Nobody disposes of it.</summary>
    public static CrystalScoringTransformer Opened { get; } = new([PointGroup], OnCpu);

    /// <summary>Copies a model with another card.</summary>
    public static string Copy(string model, string folder, Func<ModelCard, ModelCard> change)
    {
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(model, ModelCard.ModelFileName), Path.Combine(folder, ModelCard.ModelFileName));
        AtomicFile.WriteText(Path.Combine(folder, ModelCard.FileName), change(ModelCard.Read(model)).ToJson());
        return folder;
    }

    private static IEnumerable<string> OfTask(string task) =>
        PretrainedModels.Find(TestData.RepositoryRoot).Where(folder => !EnsembleCard.IsIn(folder) && ModelCard.Read(folder).Task.Name == task);
}
