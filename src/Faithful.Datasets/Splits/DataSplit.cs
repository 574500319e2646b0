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
/// A group holds all rows of one reduced formula and space group (of one reduced formula where the space group is not known).
/// Groups are ordered by the SHA-256 of seed and key, and dealt out in that order: test first, then validation, then training.
/// So the split depends on the seed and on which rows there are, never on their order. A part may miss its fraction by half of
/// the largest group.
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
        var formula = record.Crystal.ReducedFormula;
        return record.Labels.TryGetValue("space_group", out var spaceGroup) ? $"{formula}|{spaceGroup}" : formula;
    }

    /// <summary>Splits records.</summary>
    /// <param name="records">The records.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range.</exception>
    public static DataSplit Create(IEnumerable<CrystalRecord> records, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Create([.. records.Select(GroupKey)], options);
    }

    /// <summary>Splits rows whose groups are known.</summary>
    /// <param name="groupKeys">The group of each row.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>The split, checked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is out of range.</exception>
    public static DataSplit Create(IReadOnlyList<string> groupKeys, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(groupKeys);
        options ??= new SplitOptions();
        options.Validate();
        var groups = Enumerable.Range(0, groupKeys.Count)
            .GroupBy(row => groupKeys[row], StringComparer.Ordinal)
            .Select(group => (Order: Order(group.Key, options.Seed), group.Key, Rows: group.ToArray()))
            .OrderBy(group => group.Order)
            .ThenBy(group => group.Key, StringComparer.Ordinal);

        var parts = new List<int>[] { [], [], [] }; // test, validation, training
        int[] sizes = [RowsOf(options.TestFraction, groupKeys.Count), RowsOf(options.ValidationFraction, groupKeys.Count)];
        var part = 0;
        foreach (var group in groups)
        {
            // A group goes where it fits better than not: so one huge group cannot end up in the test part and leave none to train on.
            while (part < 2 && (2 * parts[part].Count) + group.Rows.Length > 2 * sizes[part])
            {
                part++;
            }

            parts[part].AddRange(group.Rows);
        }

        var split = new DataSplit([.. parts[2].Order()], [.. parts[1].Order()], [.. parts[0].Order()]);
        split.Verify(groupKeys);
        return split;
    }

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

    private static int RowsOf(double fraction, int rows) => (int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero);

    private static UInt128 Order(string key, int seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}|{key}")));
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
