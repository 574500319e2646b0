using System.Text.Json.Serialization;
using Faithful.Models;

namespace Faithful.Cli.Filtration;

/// <summary>What a filtration looks for, and in what: the content of <c>plan.json</c>. Everything in the folder belongs to one plan.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FiltrationPlan
{
    /// <summary>Gets the classification whose labels are examined.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Gets the name of the data source without folders.</summary>
    public required string Data { get; init; }

    /// <summary>Gets the SHA-256 of the source, lower-case hexadecimal.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Gets the number of crystals with a label.</summary>
    public required int Crystals { get; init; }

    /// <summary>Gets the preset of the networks.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the number of folds; 0 where each network learns all crystals, until it knows them.</summary>
    public required int Folds { get; init; }

    /// <summary>Gets the accuracy on all crystals at which training ends; 0 where there are folds.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Gets the number of wrong labels that are planted.</summary>
    public required int Planted { get; init; }

    /// <summary>Gets the seed of folds, planted labels and trainings.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the parts, each of which is held back from a network of its own: <c>fold-1</c> and so on, or <c>whole</c> alone.</summary>
    [JsonIgnore]
    public IEnumerable<string> Parts => Folds == 0 ? ["whole"] : Enumerable.Range(1, Folds).Select(fold => FormattableString.Invariant($"fold-{fold}"));
}
