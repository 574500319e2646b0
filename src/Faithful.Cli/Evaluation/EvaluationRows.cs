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
    /// <summary>
    /// Chooses rows. Without a split file the split of the training data is dealt out anew from the seed and fractions of the card.
    /// </summary>
    /// <param name="dataset">The data.</param>
    /// <param name="card">The card of the model.</param>
    /// <param name="wanted">The part that the user asked for; null for the test part of split data, or all of other data.</param>
    /// <param name="splitPath">The split file that the user named, or null.</param>
    /// <returns>At least one row.</returns>
    /// <exception cref="UsageException">The user asked for a part that this data does not have, or that is not held back from the model.</exception>
    /// <exception cref="SplitException">The split file does not fit the data.</exception>
    public static EvaluationRows Choose(PackedRows dataset, ModelCard card, DataPart? wanted, string? splitPath)
    {
        bool isSameData = dataset.ContentSha256 == card.Training.DataSha256;
        if (splitPath is not null)
        {
            SplitFile file = SplitFile.Read(splitPath);
            bool isSameSplit = file.Digest == card.Training.SplitSha256;
            return isSameData && !isSameSplit && wanted != DataPart.All
                ? throw new UsageException(
                    $"the model was trained on another split of this data, so parts of {splitPath} are not held back from it; say --part all or leave out --split")
                : Take(dataset, dataset.Split(file, splitPath), wanted ?? DataPart.Test, isSameSplit);
        }

        if (!isSameData)
        {
            return wanted is null or DataPart.All
                ? NotEmpty(new EvaluationRows(DataPart.All, dataset.Rows, []))
                : throw new UsageException(
                    $"the model was trained on other data ({card.Training.Data}): this data has no {Name(wanted.Value)} part; leave out --part");
        }

        if (card.Training.SplitSha256 is not null)
        {
            return wanted == DataPart.All
                ? NotEmpty(new EvaluationRows(DataPart.All, dataset.Rows, []))
                : throw new UsageException("the model was trained on this data by a split file, which must be named: add --split, or say --part all");
        }

        DataSplit split = dataset.Split(new SplitOptions
        {
            Seed = card.Training.Seed,
            TestFraction = card.Training.TestFraction,
            ValidationFraction = card.Training.ValidationFraction,
        });
        return Take(dataset, split, wanted ?? DataPart.Test, isTrainedOn: true);
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

    private static EvaluationRows Take(PackedRows dataset, DataSplit split, DataPart part, bool isTrainedOn)
    {
        ImmutableArray<PackedRow> rows = part switch
        {
            DataPart.Test => Of(split.Test),
            DataPart.Validation => Of(split.Validation),
            DataPart.Train => Of(split.Training),
            _ => dataset.Rows,
        };
        return NotEmpty(new EvaluationRows(part, rows, isTrainedOn ? Of(split.Training) : []));

        ImmutableArray<PackedRow> Of(ImmutableArray<int> indices) => [.. indices.Select(index => dataset.Rows[index])];
    }

    private static EvaluationRows NotEmpty(EvaluationRows rows) => rows.Rows.Length > 0
        ? rows
        : throw new UsageException($"the {Name(rows.Part)} part of this data has no crystal with a label for the task");
}
