using Faithful.Models;
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

    private static IEnumerable<string> OfTask(string task) =>
        PretrainedModels.Find(TestData.RepositoryRoot).Where(folder => ModelCard.Read(folder).Task.Name == task);
}
