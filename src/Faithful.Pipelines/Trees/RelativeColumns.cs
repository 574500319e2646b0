using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Faithful.Crystals.Descriptors;
using Faithful.Models.Trees;

namespace Faithful.Pipelines;

/// <summary>
/// The classes of relatives, for trees to learn from: the table of all crystals of the training part, which serves, and for each of these
/// crystals what a table without it answers.
/// </summary>
/// <remarks>
/// Crystals are divided into <see cref="Folds"/> folds, and those of a fold are looked up in the table of all others. Crystals of one
/// composition with one space group share a fold, as they share a part of a split: a new crystal has none of these among its relatives.
/// </remarks>
internal sealed class RelativeColumns
{
    /// <summary>The number of folds; fewer where there are fewer compositions.</summary>
    public const int Folds = 10;

    private RelativeColumns(RelativeTable table, float[][] training) => (Table, Training) = (table, training);

    /// <summary>Gets the table of all crystals of the training part but expanded ones.</summary>
    public RelativeTable Table { get; }

    /// <summary>Gets the columns of each crystal of the training part; shape (crystals, width of the table).</summary>
    public float[][] Training { get; }

    /// <summary>Looks up the crystals of a training part.</summary>
    /// <param name="training">The training part of a classification.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="seed">What decides the folds.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The columns.</returns>
    /// <exception cref="ArgumentException">
    /// The descriptors do not tell relatives, or all crystals that are not expanded have one composition and space group.
    /// </exception>
    public static RelativeColumns Of(DescribedCrystals training, int classes, int seed, CancellationToken cancellation)
    {
        var keys = RelativeKeys.Of(training.Descriptors);
        int real = training.Rows.Count - training.Expanded;
        int[] labels = [.. training.Targets.Select(target => (int)target)];
        int[] folds = Divide(training, seed);
        var columns = new float[training.Rows.Count][];
        for (int fold = 0; fold <= folds.Max(); fold++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] others = [.. Enumerable.Range(0, real).Where(row => folds[row] != fold)];
            if (others.Length == 0)
            {
                throw new ArgumentException("expected crystals of two compositions or more to learn from relatives, found one", nameof(training));
            }

            RelativeTable table = Table(keys, training, labels, others, classes);
            Parallel.For(0, columns.Length, row =>
            {
                if (folds[row] == fold)
                {
                    table.Answer(training.Rows[row], columns[row] = new float[table.Width]);
                }
            });
        }

        return new RelativeColumns(Table(keys, training, labels, [.. Enumerable.Range(0, real)], classes), columns);

        static RelativeTable Table(RelativeKeys keys, DescribedCrystals crystals, int[] labels, int[] rows, int classes) =>
            RelativeTable.Of(keys, [.. rows.Select(row => crystals.Rows[row])], [.. rows.Select(row => labels[row])], classes);
    }

    /// <summary>Gives each crystal a fold, which depends on its composition, its space group and the seed: not on the order of the crystals.</summary>
    internal static int[] Divide(DescribedCrystals crystals, int seed)
    {
        DescriptorSet set = crystals.Descriptors;
        int[] columns = [.. set.Names.Select((name, column) => (name, column))
            .Where(pair => pair.name == "space_group" || pair.name.StartsWith("fraction_", StringComparison.Ordinal)).Select(pair => pair.column)];
        ulong[] groups = [.. crystals.Rows.Select(row => Digest([seed, .. columns.Select(column => row[column])]))];
        var folds = groups.Distinct().Order().Select((group, rank) => (group, fold: rank % Folds)).ToDictionary(pair => pair.group, pair => pair.fold);
        return [.. groups.Select(group => folds[group])];
    }

    private static ulong Digest(ReadOnlySpan<float> values) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
