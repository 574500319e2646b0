using System.Text.Json.Nodes;
using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>What a sweep searches, and on what: the content of <c>sweep.json</c>. A sweep that is gone on with must have the same.</summary>
internal sealed record SweepDescription
{
    /// <summary>Gets the version of the folder's files.</summary>
    public int FormatVersion { get; init; } = 1;

    /// <summary>Gets the task.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets what tells the crystals and their parts from others.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets what is to be best.</summary>
    public required SelectionMetric Metric { get; init; }

    /// <summary>Gets the seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the models with the options to begin with, and the names of those that are searched.</summary>
    public required IReadOnlyList<JsonObject> Models { get; init; }

    /// <summary>Describes a sweep.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">The options.</param>
    /// <param name="starts">The models with the options to begin with.</param>
    /// <param name="spaces">What is searched of each.</param>
    /// <returns>The description.</returns>
    public static SweepDescription Of(
        ISweepData data, CrystalSweepOptions options, IEnumerable<SweptModel> starts, IReadOnlyDictionary<string, SweepSpace> spaces) => new()
        {
            Task = data.Task,
            DataSha256 = data.Digest,
            Metric = options.Metric,
            Seed = options.Seed,
            Models =
            [
                .. starts.Select(start => new JsonObject
                {
                    ["model"] = start.Model,
                    ["preset"] = start.Preset,
                    ["searched"] = new JsonArray([.. spaces[start.Model].Defaults.Select(pair => (JsonNode)pair.Key)]),
                    ["options"] = start.ToJson(),
                }),
            ],
        };
}
