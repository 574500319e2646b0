using System.Collections.Immutable;

namespace Faithful.Models.Trees;

/// <summary>
/// How many crystals of each class the relatives of a crystal are, for each degree of <see cref="RelativeKeys"/>: a look-up table whose
/// answers are further columns for trees. Immutable.
/// </summary>
/// <remarks>
/// <para>
/// The columns of a degree: the share of each class among the relatives, drawn towards its share among all crystals as if
/// <see cref="Smoothing"/> crystals of these shares were relatives too, then the number of relatives.
/// </para>
/// <para>
/// A crystal that is in the table answers for itself: trees that learn from the columns of such crystals learn to believe a label that
/// no new crystal has. For them the columns must come from a table without the crystal.
/// </para>
/// </remarks>
public sealed class RelativeTable
{
    /// <summary>The crystals that stand for what is known without relatives.</summary>
    public const double Smoothing = 3;

    /// <summary>Makes a table.</summary>
    /// <param name="keys">The degrees.</param>
    /// <param name="classes">The number of classes, two or more.</param>
    /// <param name="entries">The keys that occur, strictly ascending.</param>
    /// <param name="counts">The crystals of each class with each key; shape (entries, classes).</param>
    /// <exception cref="ArgumentException">The numbers are not those of a table.</exception>
    public RelativeTable(RelativeKeys keys, int classes, IReadOnlyList<double> entries, IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(counts);
        (Keys, Classes, Entries, Counts) = (keys, classes, [.. entries], [.. counts]);
        if (classes < 2 || Entries.IsEmpty || Counts.Length != Entries.Length * classes)
        {
            throw new ArgumentException($"A table has two classes or more, and a count of each for at least one key; found {Counts.Length} counts of {classes} classes for {Entries.Length} keys.");
        }

        if (Enumerable.Range(1, Entries.Length - 1).Any(index => !(Entries[index - 1] < Entries[index])) || Entries.Any(entry => !double.IsInteger(entry) || entry < 0)
            || Entries[^1] >= RelativeKeys.Offset(keys.Count))
        {
            throw new ArgumentException("The keys of a table are whole numbers of its degrees, strictly ascending.");
        }

        // Each crystal has one key of each degree, so those of the first degree are all.
        long[] all = new long[classes];
        for (int entry = 0; entry < Entries.Length && Entries[entry] < RelativeKeys.Offset(1); entry++)
        {
            for (int index = 0; index < classes; index++)
            {
                all[index] += Counts[entry * classes + index];
            }
        }

        if (Counts.Any(count => count < 0) || all.Sum() == 0)
        {
            throw new ArgumentException("The counts of a table must not be negative, and one or more must be positive.");
        }

        Shares = [.. all.Select(count => (double)count / all.Sum())];
    }

    /// <summary>Gets the degrees.</summary>
    public RelativeKeys Keys { get; }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the keys that occur, ascending: all of the first degree, then all of the second, and so on.</summary>
    public ImmutableArray<double> Entries { get; }

    /// <summary>Gets the crystals of each class with each key; shape (entries, classes).</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>Gets the share of each class among all crystals of the table; shape (classes).</summary>
    public ImmutableArray<double> Shares { get; }

    /// <summary>Gets the number of columns that the table adds.</summary>
    public int Width => Keys.Count * (Classes + 1);

    /// <summary>Gets the names of the columns that a table adds.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <returns>For each degree that of the shares, numbered by class, and that of the number.</returns>
    public static IEnumerable<string> Names(int classes) => RelativeKeys.Names.SelectMany(
        degree => Enumerable.Range(0, classes).Select(index => $"relatives_by_{degree}_class_{index}").Append($"relatives_by_{degree}"));

    /// <summary>Counts crystals.</summary>
    /// <param name="keys">The degrees.</param>
    /// <param name="rows">The descriptors of each crystal, at least one; shape (crystals, columns of the set).</param>
    /// <param name="labels">The class number of each crystal.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no crystal, another number of labels, or a label is no class.</exception>
    public static RelativeTable Of(RelativeKeys keys, IReadOnlyList<float[]> rows, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        if (rows.Count != labels.Count || labels.Any(label => label < 0 || label >= classes))
        {
            throw new ArgumentException($"Expected a label from 0 to {classes - 1} for each of {rows.Count} crystals; found {labels.Count} labels, some of them others perhaps.");
        }

        var counts = new SortedDictionary<double, int[]>();
        for (int row = 0; row < rows.Count; row++)
        {
            for (int degree = 0; degree < keys.Count; degree++)
            {
                double key = keys.Key(rows[row], degree);
                if (!counts.TryGetValue(key, out int[]? entry))
                {
                    counts[key] = entry = new int[classes];
                }

                entry[labels[row]]++;
            }
        }

        return new RelativeTable(keys, classes, [.. counts.Keys], [.. counts.Values.SelectMany(entry => entry)]);
    }

    /// <summary>Looks a crystal up.</summary>
    /// <param name="descriptors">The descriptors of the crystal; shape (columns of the set).</param>
    /// <param name="answers">Where the columns go; shape (<see cref="Width"/>).</param>
    /// <exception cref="ArgumentException">There are more or fewer answers than places.</exception>
    public void Answer(ReadOnlySpan<float> descriptors, Span<float> answers)
    {
        if (answers.Length != Width)
        {
            throw new ArgumentException($"The table gives {Width} columns, there is room for {answers.Length}.", nameof(answers));
        }

        Span<double> counts = stackalloc double[Classes];
        for (int degree = 0; degree < Keys.Count; degree++)
        {
            int entry = Entries.AsSpan().BinarySearch(Keys.Key(descriptors, degree));
            double relatives = 0;
            for (int index = 0; index < Classes; index++)
            {
                counts[index] = entry < 0 ? 0 : Counts[entry * Classes + index];
                relatives += counts[index];
            }

            Span<float> columns = answers.Slice(degree * (Classes + 1), Classes + 1);
            for (int index = 0; index < Classes; index++)
            {
                columns[index] = (float)((counts[index] + Smoothing * Shares[index]) / (relatives + Smoothing));
            }

            columns[Classes] = (float)relatives;
        }
    }
}
