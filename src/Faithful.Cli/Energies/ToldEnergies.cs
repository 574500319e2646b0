using System.Collections.Immutable;
using Faithful.Datasets;
using Faithful.Models.Energies;

namespace Faithful.Cli.Energies;

/// <summary>
/// Formation energies told from total energies: scales fitted to the training part of a split, estimates for crystals of that part which have no label,
/// and how far estimates are from the labels of the validation part. The test part takes no part.
/// </summary>
internal sealed class ToldEnergies
{
    /// <summary>Initializes a new instance of the <see cref="ToldEnergies"/> class.</summary>
    /// <param name="crystals">The crystals with a total energy.</param>
    /// <param name="split">The split.</param>
    /// <param name="request">What to look for.</param>
    /// <param name="task">The task of the formation energies, for errors.</param>
    /// <exception cref="LabelException">There are too few labels in the training part for so many scales.</exception>
    public ToldEnergies(IReadOnlyList<EnergyCrystal> crystals, SplitFile split, ScaleRequest request, LearningTask task)
    {
        HashSet<string> training = [.. split.Training], validation = [.. split.Validation];
        EnergyCrystal[] learned = [.. crystals.Where(crystal => training.Contains(crystal.Id))];
        Labelled = learned.Count(crystal => crystal.Row.FormationEnergy is not null);
        try
        {
            Scales = EnergyScales.Fit([.. learned.Select(crystal => crystal.Row)], request.Count, request.Tolerance);
        }
        catch (ArgumentException)
        {
            throw new LabelException(
                task.LabelColumn, $"labels enough in the training part to find {request.Count} scales of total energies", $"{Labelled} crystals with both energies");
        }

        EnergyCrystal[] unlabelled = [.. learned.Where(crystal => crystal.Row.FormationEnergy is null)];
        Unlabelled = unlabelled.Length;
        Estimates = [.. Estimate(unlabelled)];
        EnergyCrystal[] measured = [.. crystals.Where(crystal => crystal.Row.FormationEnergy is not null && validation.Contains(crystal.Id))];
        Measured = measured.Length;
        Dictionary<string, double> labels = measured.ToDictionary(crystal => crystal.Id, crystal => crystal.Row.FormationEnergy!.Value, StringComparer.Ordinal);
        Errors = [.. Estimate(measured).Select(told => (told.Estimate.Scale, Math.Abs(told.Estimate.FormationEnergy - labels[told.Id])))];
    }

    /// <summary>Gets the scales.</summary>
    public EnergyScales Scales { get; }

    /// <summary>Gets the number of crystals of the training part that have both energies.</summary>
    public int Labelled { get; }

    /// <summary>Gets the number of crystals of the training part that have a total energy and no formation energy.</summary>
    public int Unlabelled { get; }

    /// <summary>Gets the estimates for these, where there is one.</summary>
    public ImmutableArray<ToldEnergy> Estimates { get; }

    /// <summary>Gets the number of crystals of the validation part that have both energies.</summary>
    public int Measured { get; }

    /// <summary>Gets the scale of each of these that has an estimate, and how far that is from the label, eV/atom.</summary>
    public ImmutableArray<(int Scale, double Error)> Errors { get; }

    private IEnumerable<ToldEnergy> Estimate(IEnumerable<EnergyCrystal> crystals)
    {
        foreach (EnergyCrystal crystal in crystals)
        {
            if (Scales.Estimate(crystal.Row) is EnergyEstimate estimate)
            {
                yield return new ToldEnergy(crystal.Id, crystal.Row.Element, estimate);
            }
        }
    }
}
