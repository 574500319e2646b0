using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>
/// A data set dealt out to training, validation and test by whole groups, so that near-duplicates never sit on both sides.
/// </summary>
/// <remarks>
/// What a group is says <see cref="SplitKind"/>. Groups are ordered by the SHA-256 of seed and key, and dealt out in that order:
/// test first, then validation, then training. So the split depends on the seed and on which rows there are, never on their
/// order. A part may miss its fraction by half of the largest group. Of folds each group joins the one that is smallest so far, so
/// their sizes differ by the largest group at most; validation is cut from the rest in an order that each fold has for itself.
/// </remarks>
public sealed class DataSplit
{
    private DataSplit(ImmutableArray<int> training, ImmutableArray<int> validation, ImmutableArray<int> test)
    {
        Training = training;
        Validation = validation;
        Test = test;
    }

    /// <summary>Gets the zero-based indices of the rows to train on, ascending.</summary>
    public ImmutableArray<int> Training { get; }

    /// <summary>Gets the zero-based indices of the rows that choose the epoch, ascending.</summary>
    public ImmutableArray<int> Validation { get; }

    /// <summary>Gets the zero-based indices of the rows held back for the final measurement, ascending.</summary>
    public ImmutableArray<int> Test { get; }

    /// <summary>Gets the group of a record, for example <c>Bi2Se3|166</c>.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The reduced formula and, where the record has a label <c>space_group</c>, that.</returns>
    public static string GroupKey(CrystalRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return SplitKeys.Of(SplitKind.Group, record.Id, record.Crystal.Species, record.Labels.GetValueOrDefault("space_group"));
    }

    /// <summary>Splits records.</summary>
    /// <param name="records">The records, of different ids.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="SplitException">There are fewer groups than folds.</exception>
    /// <exception cref="LabelException">As <see cref="SplitKeys.Of(SplitKind, IReadOnlyList{CrystalRecord}, CancellationToken)"/>.</exception>
    public static DataSplit Create(IEnumerable<CrystalRecord> records, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Create(SplitKeys.Of((options ?? new SplitOptions()).Kind, [.. records]).Keys, options);
    }

    /// <summary>Splits rows whose groups are known, without a look at <see cref="SplitOptions.Kind"/>.</summary>
    /// <param name="groupKeys">The group of each row (<see cref="SplitKeys"/>).</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="SplitException">There are fewer groups than folds.</exception>
    public static DataSplit Create(IReadOnlyList<string> groupKeys, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groupKeys);
        options ??= new SplitOptions();
        options.Validate();
        var groups = Ordered(
            Enumerable.Range(0, groupKeys.Count)
                .GroupBy(row => groupKeys[row], StringComparer.Ordinal)
                .Select(group => (group.Key, Rows: group.ToArray())),
            string.Create(CultureInfo.InvariantCulture, $"{options.Seed}"));
        var validation = RowsOf(options.ValidationFraction, groupKeys.Count);
        List<int>[] parts; // test, validation, training
        if (options.Folds == 0)
        {
            parts = Deal(groups, [RowsOf(options.TestFraction, groupKeys.Count), validation]);
        }
        else
        {
            var (test, others) = TakeFold(groups, options);
            var order = string.Create(CultureInfo.InvariantCulture, $"{options.Seed}|validation of fold {options.Fold} of {options.Folds}");
            parts = [test, .. Deal(Ordered(others, order), [validation])];
        }

        var split = new DataSplit([.. parts[2].Order()], [.. parts[1].Order()], [.. parts[0].Order()]);
        split.Verify(groupKeys);
        return split;
    }

    /// <summary>Holds nothing back: all rows are trained on, and the same rows choose the epoch.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <returns>The one split whose parts share rows; its test part is empty.</returns>
    public static DataSplit Whole(int rows) => Of(Enumerable.Range(0, rows), Enumerable.Range(0, rows), []);

    /// <summary>Makes a split of parts that were dealt out before.</summary>
    /// <param name="training">The rows to train on.</param>
    /// <param name="validation">The rows that choose the epoch.</param>
    /// <param name="test">The rows held back.</param>
    /// <returns>The split; that every row is in one part is up to the caller.</returns>
    internal static DataSplit Of(IEnumerable<int> training, IEnumerable<int> validation, IEnumerable<int> test) =>
        new([.. training.Order()], [.. validation.Order()], [.. test.Order()]);

    /// <summary>Checks that every row is in exactly one part and that no group is in two.</summary>
    /// <param name="groupKeys">The group of each row.</param>
    /// <exception cref="InvalidOperationException">A row is missing or dealt out twice, or a group crosses; the message names it.</exception>
    public void Verify(IReadOnlyList<string> groupKeys)
    {
        ArgumentNullException.ThrowIfNull(groupKeys);
        var seen = new bool[groupKeys.Count];
        var partOfGroup = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, rows) in new[] { ("training", Training), ("validation", Validation), ("test", Test) })
        {
            foreach (var row in rows)
            {
                if ((uint)row >= (uint)seen.Length || seen[row])
                {
                    throw new InvalidOperationException($"The row {row} of {seen.Length} rows is dealt out twice or does not exist.");
                }

                seen[row] = true;
                var key = groupKeys[row];
                if (!partOfGroup.TryAdd(key, name) && partOfGroup[key] != name)
                {
                    throw new InvalidOperationException($"The group {key} is in the {partOfGroup[key]} and in the {name} part.");
                }
            }
        }

        var missing = Array.IndexOf(seen, false);
        if (missing >= 0)
        {
            throw new InvalidOperationException($"The row {missing} of {seen.Length} rows is in no part.");
        }
    }

    /// <summary>Finds the groups that are in more than one part. For keys of the kind by which the split was made there are none.</summary>
    /// <param name="groupKeys">The group of each row.</param>
    /// <returns>Their keys in ordinal order.</returns>
    public ImmutableArray<string> CrossingGroups(IReadOnlyList<string> groupKeys)
    {
        ArgumentNullException.ThrowIfNull(groupKeys);
        return
        [
            .. new[] { Training, Validation, Test }
                .SelectMany(rows => rows.Select(row => groupKeys[row]).Distinct(StringComparer.Ordinal))
                .CountBy(key => key, StringComparer.Ordinal)
                .Where(pair => pair.Value > 1)
                .Select(pair => pair.Key)
                .Order(StringComparer.Ordinal),
        ];
    }

    private static int RowsOf(double fraction, int rows) => (int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero);

    private static List<(string Key, int[] Rows)> Ordered(IEnumerable<(string Key, int[] Rows)> groups, string salt) =>
    [
        .. groups.Select(group => (Order: Order(group.Key, salt), Group: group))
            .OrderBy(entry => entry.Order)
            .ThenBy(entry => entry.Group.Key, StringComparer.Ordinal)
            .Select(entry => entry.Group),
    ];

    /// <summary>Deals groups out to parts of given sizes, in their order; the last part gets what is left.</summary>
    private static List<int>[] Deal(List<(string Key, int[] Rows)> groups, int[] sizes)
    {
        List<int>[] parts = [.. Enumerable.Range(0, sizes.Length + 1).Select(_ => new List<int>())];
        var part = 0;
        foreach (var (_, rows) in groups)
        {
            // A group goes where it fits better than not: so one huge group cannot end up in the test part and leave none to train on.
            while (part < sizes.Length && (2 * parts[part].Count) + rows.Length > 2 * sizes[part])
            {
                part++;
            }

            parts[part].AddRange(rows);
        }

        return parts;
    }

    private static (List<int> Test, List<(string Key, int[] Rows)> Others) TakeFold(List<(string Key, int[] Rows)> groups, SplitOptions options)
    {
        if (groups.Count < options.Folds)
        {
            throw new SplitException(null, $"at least as many groups as folds ({options.Folds})", $"{groups.Count}");
        }

        var sizes = new int[options.Folds];
        List<int> test = [];
        List<(string Key, int[] Rows)> others = [];
        foreach (var group in groups)
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += group.Rows.Length;
            if (fold == options.Fold - 1)
            {
                test.AddRange(group.Rows);
            }
            else
            {
                others.Add(group);
            }
        }

        return (test, others);
    }

    private static UInt128 Order(string key, string salt) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}|{key}")));
}
