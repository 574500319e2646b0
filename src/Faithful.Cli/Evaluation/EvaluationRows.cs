using System.Collections.Immutable;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;

namespace Faithful.Cli.Evaluation;

/// <summary>The rows on which one model is measured.</summary>
/// <param name="Part">Which part of the data they are.</param>
/// <param name="Rows">The crystals with their targets.</param>
/// <param name="TrainingRows">The rows that the model was trained on, for look-up tables; empty when this is other data.</param>
internal sealed record EvaluationRows(DataPart Part, ImmutableArray<PackedRow> Rows, ImmutableArray<PackedRow> TrainingRows)
{
    /// <summary>Chooses rows. The split of the training data is dealt out anew from the seed and fractions of the card.</summary>
    /// <param name="dataset">The data.</param>
    /// <param name="card">The card of the model.</param>
    /// <param name="wanted">The part that the user asked for; null for the test part of the training data, or all of other data.</param>
    /// <returns>At least one row.</returns>
    /// <exception cref="UsageException">The user asked for a part that this data does not have.</exception>
    public static EvaluationRows Choose(PackedRows dataset, ModelCard card, DataPart? wanted)
    {
        if (dataset.ContentSha256 != card.Training.DataSha256)
        {
            return wanted is null or DataPart.All
                ? NotEmpty(new EvaluationRows(DataPart.All, dataset.Rows, []))
                : throw new UsageException(
                    $"the model was trained on other data ({card.Training.Data}): this data has no {Name(wanted.Value)} part; leave out --part");
        }

        var split = dataset.Split(new SplitOptions
        {
            Seed = card.Training.Seed,
            TestFraction = card.Training.TestFraction,
            ValidationFraction = card.Training.ValidationFraction,
        });
        DataPart part = wanted ?? DataPart.Test;
        ImmutableArray<PackedRow> rows = part switch
        {
            DataPart.Test => Take(split.Test),
            DataPart.Validation => Take(split.Validation),
            DataPart.Train => Take(split.Training),
            _ => dataset.Rows,
        };
        return NotEmpty(new EvaluationRows(part, rows, Take(split.Training)));

        ImmutableArray<PackedRow> Take(ImmutableArray<int> indices) => [.. indices.Select(index => dataset.Rows[index])];
    }

    /// <summary>Gets the word by which the command line names a part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>A lower-case word.</returns>
    public static string Name(DataPart part) => part switch
    {
        DataPart.Test => "test",
        DataPart.Validation => "validation",
        DataPart.Train => "train",
        _ => "all",
    };

    private static EvaluationRows NotEmpty(EvaluationRows rows) => rows.Rows.Length > 0
        ? rows
        : throw new UsageException($"the {Name(rows.Part)} part of this data has no crystal with a label for the task");
}
