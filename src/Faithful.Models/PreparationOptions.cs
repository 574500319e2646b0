using System.Text.Json.Serialization;
using Faithful.Crystals;
using Faithful.Crystals.Descriptors;

namespace Faithful.Models;

/// <summary>
/// How a crystal is brought into the form that a model takes. Stored in the model card, so that serving prepares a crystal
/// exactly as training did. Equal options have equal values, those of lists included.
/// </summary>
public sealed record PreparationOptions
{
    /// <summary>Gets the radius within which atoms are neighbours, in Å; 0 for a model without edges. Range 0..20.</summary>
    public double Cutoff { get; init; }

    /// <summary>
    /// Gets whether the symmetry finder runs: the primitive cell is taken and the space group is filled in. Must be false for
    /// tasks whose answer that would give away. The default is false.
    /// </summary>
    public bool UsesSymmetry { get; init; }

    /// <summary>Gets the distance tolerance of the symmetry finder in Å. The default is 0.1, as the Materials Project uses.</summary>
    public double DistanceTolerance { get; init; } = 0.1;

    /// <summary>Gets the angle tolerance of the symmetry finder in degrees. The default is 5.</summary>
    public double AngleTolerance { get; init; } = 5;

    /// <summary>Gets the largest number of atoms (after reduction to the primitive cell) that the model takes. The default is 400.</summary>
    public int MaxAtoms { get; init; } = 400;

    /// <summary>Gets the largest number of edges that the model takes. The default is 100,000.</summary>
    public int MaxEdges { get; init; } = 100_000;

    /// <summary>Gets the cell in which the model sees a crystal. The default is <see cref="CellChoice.AsGiven"/>.</summary>
    public CellChoice Cell { get; init; }

    /// <summary>Gets the largest number of species that the model takes; 0, the default, for no limit.</summary>
    public int MaxSpecies { get; init; }

    /// <summary>
    /// Gets the largest number of atoms of each species that the model takes: the first entry limits the most common species (of
    /// equally common ones that of the lower atomic number), the second the next, and so on. Species beyond the entries have no
    /// limit; none has by default.
    /// </summary>
    public IReadOnlyList<int> MaxAtomsOfSpecies { get; init => field = value is null ? null! : [.. value]; } = [];

    /// <summary>
    /// Gets the name of the <see cref="DescriptorSet"/> that the model takes instead of atoms and edges; null, the default, for none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Descriptors { get; init; }

    /// <summary>Gets the <see cref="DescriptorSet.Digest"/> of the columns that the model was trained on; null without descriptors.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DescriptorDigest { get; init; }

    /// <summary>Everything but the list, which a record would compare by reference.</summary>
    private (double Cutoff, bool UsesSymmetry, double DistanceTolerance, double AngleTolerance, int MaxAtoms, int MaxEdges, CellChoice Cell, int MaxSpecies, string? Descriptors, string? DescriptorDigest) Scalars =>
        (Cutoff, UsesSymmetry, DistanceTolerance, AngleTolerance, MaxAtoms, MaxEdges, Cell, MaxSpecies, Descriptors, DescriptorDigest);

    /// <summary>Gets whether a crystal can be too much for the model by its species.</summary>
    [JsonIgnore]
    internal bool LimitsSpecies => MaxSpecies > 0 || MaxAtomsOfSpecies.Count > 0;

    /// <summary>Gets the columns of the descriptors; null when there are none, or none of this name.</summary>
    [JsonIgnore]
    internal DescriptorSet? DescriptorSet => Descriptors is null ? null : DescriptorSet.All.FirstOrDefault(set => set.Name == Descriptors);

    /// <summary>Makes the options of a model that takes descriptors. Crystals of any size have them.</summary>
    /// <param name="set">The descriptors.</param>
    /// <returns>The options.</returns>
    public static PreparationOptions OfDescriptors(DescriptorSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new PreparationOptions
        {
            UsesSymmetry = set.UsesSymmetry,
            MaxAtoms = int.MaxValue,
            Descriptors = set.Name,
            DescriptorDigest = set.Digest,
        };
    }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (!(Cutoff is >= 0 and <= 20))
        {
            faults.Add($"Cutoff must lie in 0..20 Å, found {Cutoff}.");
        }

        if (!(DistanceTolerance is > 0 and <= 1))
        {
            faults.Add($"DistanceTolerance must lie in (0, 1] Å, found {DistanceTolerance}.");
        }

        if (MaxAtoms < 1)
        {
            faults.Add($"MaxAtoms must be at least 1, found {MaxAtoms}.");
        }

        if (MaxEdges < 1)
        {
            faults.Add($"MaxEdges must be at least 1, found {MaxEdges}.");
        }

        if (!Enum.IsDefined(Cell))
        {
            faults.Add($"Cell must be AsGiven or Canonical, found {Cell}.");
        }

        if (MaxSpecies < 0)
        {
            faults.Add($"MaxSpecies must be 0 (no limit) or more, found {MaxSpecies}.");
        }

        if (MaxAtomsOfSpecies is null || MaxAtomsOfSpecies.Count > Element.Count || MaxAtomsOfSpecies.Any(limit => limit < 1))
        {
            string found = MaxAtomsOfSpecies is null ? "null" : $"[{string.Join(", ", MaxAtomsOfSpecies)}]";
            faults.Add($"MaxAtomsOfSpecies must be a list of at most {Element.Count} numbers of 1 or more, found {found}.");
        }

        if (Descriptors is not null || DescriptorDigest is not null)
        {
            AddDescriptorFaults(faults);
        }

        return faults;
    }

    /// <summary>
    /// Gets these options without the limits by species. Those change no array, only which crystals take the fallback, so that
    /// packed data sets leave them to their readers.
    /// </summary>
    /// <returns>The options.</returns>
    public PreparationOptions WithoutSpeciesLimits() => this with { MaxSpecies = 0, MaxAtomsOfSpecies = [] };

    /// <inheritdoc/>
    public bool Equals(PreparationOptions? other) =>
        other is not null && Scalars == other.Scalars && (MaxAtomsOfSpecies ?? []).SequenceEqual(other.MaxAtomsOfSpecies ?? []);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Scalars);
        foreach (int limit in MaxAtomsOfSpecies ?? [])
        {
            hash.Add(limit);
        }

        return hash.ToHashCode();
    }

    private void AddDescriptorFaults(List<string> faults)
    {
        if (DescriptorSet is not DescriptorSet set)
        {
            faults.Add($"Descriptors must be one of {string.Join(", ", DescriptorSet.All)}, found {Descriptors ?? "none"}.");
            return;
        }

        if (DescriptorDigest != set.Digest)
        {
            faults.Add(
                $"DescriptorDigest must be {set.Digest}, which stands for the columns that this program computes for the descriptors {set}, " +
                $"found {DescriptorDigest ?? "none"}: the model was trained on other columns.");
        }

        if (UsesSymmetry != set.UsesSymmetry)
        {
            faults.Add($"UsesSymmetry must be {set.UsesSymmetry} for the descriptors {set}.");
        }

        if (Cutoff != 0 || Cell != CellChoice.AsGiven || LimitsSpecies)
        {
            faults.Add($"Descriptors take no Cutoff, Cell or limits by species; found some with {set}.");
        }
    }
}
