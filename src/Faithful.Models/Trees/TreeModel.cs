using System.Collections.Immutable;
using Faithful.Crystals.Descriptors;

namespace Faithful.Models.Trees;

/// <summary>
/// Gradient-boosted trees over the descriptors of crystals, as they are outside of the library that trained them: what is exported,
/// and the evaluation that every export must agree with. Immutable.
/// </summary>
public sealed class TreeModel
{
    /// <summary>The name of such models in cards.</summary>
    public const string Name = "gbt";

    private TreeModel(
        DescriptorSet descriptors, ImmutableArray<TreeEnsemble> ensembles, ImmutableArray<PlattScaling> calibrations, float? missingValue, RelativeTable? relatives)
    {
        Descriptors = descriptors;
        Relatives = relatives;
        Ensembles = ensembles;
        Calibrations = calibrations;
        MissingValue = missingValue;
        int columns = ensembles.Max(ensemble => ensemble.Columns);
        if (columns > Columns)
        {
            throw new ArgumentException($"The trees look at {columns} columns or more, the descriptors {descriptors} have {Columns}{(relatives is null ? "" : " with those of relatives")}.");
        }

        if (relatives is not null && (relatives.Keys.Descriptors != descriptors || relatives.Classes != ensembles.Length))
        {
            throw new ArgumentException(
                $"The relatives are told by the descriptors {relatives.Keys.Descriptors} and have {relatives.Classes} classes; the model has {descriptors} and {ensembles.Length}.");
        }

        if (missingValue is float value && !float.IsFinite(value))
        {
            throw new ArgumentException($"The number that stands for a missing value must be finite, found {value}.");
        }
    }

    /// <summary>Gets the descriptors that the trees look at, column by column.</summary>
    public DescriptorSet Descriptors { get; }

    /// <summary>Gets the classes of crystals that are relatives, which the trees look at beside the descriptors; null for none.</summary>
    public RelativeTable? Relatives { get; }

    /// <summary>Gets the number of columns that the trees look at: the descriptors, then those of <see cref="Relatives"/>.</summary>
    public int Columns => Descriptors.Count + (Relatives?.Width ?? 0);

    /// <summary>Gets the ensembles: one for a regression, one a class for a classification.</summary>
    public ImmutableArray<TreeEnsemble> Ensembles { get; }

    /// <summary>Gets how the score of each class becomes a probability; empty for a regression.</summary>
    public ImmutableArray<PlattScaling> Calibrations { get; }

    /// <summary>Gets the number that the trees see instead of NaN; null when they see NaN, which goes to the right at each split.</summary>
    public float? MissingValue { get; }

    /// <summary>Gets whether the model classifies or estimates a number.</summary>
    public TaskKind Kind => Calibrations.IsEmpty ? TaskKind.Regression : TaskKind.Classification;

    /// <summary>Gets the number of results of a row: 1, or the number of classes.</summary>
    public int OutputWidth => Ensembles.Length;

    /// <summary>Gets the number of trained numbers: a column and a threshold a split, the leaves, the calibrations, the table of relatives.</summary>
    public long ParameterCount =>
        Ensembles.Sum(ensemble => ensemble.Trees.Sum(tree => 2L * tree.Splits + tree.LeafValues.Length)) + 2 * Calibrations.Length
        + (Relatives is null ? 0 : Relatives.Entries.Length + Relatives.Counts.Length);

    /// <summary>Gets how crystals are prepared for the model, for its card.</summary>
    public PreparationOptions Preparation => PreparationOptions.OfDescriptors(Descriptors);

    /// <summary>Makes a model whose value is the score of one ensemble.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="ensemble">The trees.</param>
    /// <param name="missingValue">The number that the trees see instead of NaN; null when they see NaN.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">The trees look at columns that the descriptors do not have, or the number is not finite.</exception>
    public static TreeModel Regression(DescriptorSet descriptors, TreeEnsemble ensemble, float? missingValue = null)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(ensemble);
        return new TreeModel(descriptors, [ensemble], [], missingValue, null);
    }

    /// <summary>Makes a model with an ensemble for each class, which tells it from all others.</summary>
    /// <param name="descriptors">The descriptors.</param>
    /// <param name="ensembles">The trees of each class, at least two, in class order.</param>
    /// <param name="calibrations">How the score of each class becomes a probability.</param>
    /// <param name="missingValue">The number that the trees see instead of NaN; null when they see NaN.</param>
    /// <param name="relatives">The classes of relatives, which the trees look at too; null for none.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">
    /// There are fewer than two classes, a calibration is missing or not finite, the trees look at columns that the descriptors do
    /// not have, the number is not finite, or the relatives are of other descriptors or classes.
    /// </exception>
    public static TreeModel OneVersusAll(
        DescriptorSet descriptors,
        IEnumerable<TreeEnsemble> ensembles,
        IEnumerable<PlattScaling> calibrations,
        float? missingValue = null,
        RelativeTable? relatives = null)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(ensembles);
        ArgumentNullException.ThrowIfNull(calibrations);
        (ImmutableArray<TreeEnsemble> trees, ImmutableArray<PlattScaling> scalings) = ([.. ensembles], [.. calibrations]);
        if (trees.Length < 2 || trees.Length != scalings.Length)
        {
            throw new ArgumentException(
                $"A classification has two ensembles or more and a calibration for each; found {trees.Length} and {scalings.Length}.");
        }

        if (scalings.FirstOrDefault(scaling => !double.IsFinite(scaling.Slope) || !double.IsFinite(scaling.Offset)) is var wrong && wrong != default)
        {
            throw new ArgumentException($"Slope and offset of a calibration must be finite, found {wrong}.");
        }

        return new TreeModel(descriptors, trees, scalings, missingValue, relatives);
    }

    /// <summary>Gets what the trees look at.</summary>
    /// <param name="descriptors">The descriptors of one crystal; shape (columns of the set).</param>
    /// <returns>The descriptors, missing ones filled in, then the columns of relatives; shape (<see cref="Columns"/>).</returns>
    /// <exception cref="ArgumentException">There are more or fewer descriptors than columns of the set.</exception>
    public float[] Row(ReadOnlySpan<float> descriptors)
    {
        if (descriptors.Length != Descriptors.Count)
        {
            throw new ArgumentException($"The model takes {Descriptors.Count} descriptors, found {descriptors.Length}.", nameof(descriptors));
        }

        var row = new float[Columns];
        for (int column = 0; column < descriptors.Length; column++)
        {
            row[column] = MissingValue is float missing && float.IsNaN(descriptors[column]) ? missing : descriptors[column];
        }

        Relatives?.Answer(descriptors, row.AsSpan(descriptors.Length));
        return row;
    }

    /// <summary>Evaluates the model: the reference for every export.</summary>
    /// <param name="descriptors">The descriptors of one crystal; shape (columns).</param>
    /// <param name="results">
    /// Where the value goes, or the probabilities; shape (<see cref="OutputWidth"/>). Probabilities sum to 1, or are all 0 when
    /// that of each class by itself is too small for a float32, as ML.NET's one-versus-all model has it.
    /// </param>
    /// <exception cref="ArgumentException">There are more or fewer descriptors than columns, or results than places.</exception>
    public void Evaluate(ReadOnlySpan<float> descriptors, Span<float> results)
    {
        if (descriptors.Length != Descriptors.Count || results.Length != OutputWidth)
        {
            throw new ArgumentException(
                $"The model takes {Descriptors.Count} descriptors and gives {OutputWidth} results; found {descriptors.Length} and room for {results.Length}.");
        }

        ReadOnlySpan<float> row = MissingValue is null && Relatives is null ? descriptors : Row(descriptors);
        for (int output = 0; output < results.Length; output++)
        {
            float score = Ensembles[output].Score(row);
            results[output] = Kind == TaskKind.Classification ? Calibrations[output].Probability(score) : score;
        }

        if (Kind == TaskKind.Classification)
        {
            Normalize(results);
        }
    }

    private static void Normalize(Span<float> probabilities)
    {
        double sum = 0;
        foreach (float probability in probabilities)
        {
            sum += probability;
        }

        if (sum > 0)
        {
            foreach (ref float probability in probabilities)
            {
                probability = (float)(probability / sum);
            }
        }
    }
}
