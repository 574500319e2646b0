using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Datasets;

/// <summary>The keys by which rows belong together: two rows with one key are in the same part of a <see cref="DataSplit"/>.</summary>
/// <remarks>
/// Only a split by prototype must know the space group of every row. A row without a label <c>space_group</c> gets the one that
/// spglib finds with the default tolerances; where spglib finds none it counts as <c>?</c>.
/// </remarks>
public sealed class SplitKeys
{
    private const string SpaceGroupColumn = "space_group";
    private const string Unknown = "?";

    private SplitKeys(SplitKind kind, ImmutableArray<string> keys, int found, ImmutableArray<string> withoutSpaceGroup)
    {
        Kind = kind;
        Keys = keys;
        SpaceGroupsFound = found;
        WithoutSpaceGroup = withoutSpaceGroup;
    }

    /// <summary>Gets the kind of split that the keys are for.</summary>
    public SplitKind Kind { get; }

    /// <summary>Gets the key of each row.</summary>
    public ImmutableArray<string> Keys { get; }

    /// <summary>Gets the number of rows whose space group is not a label but was found by spglib; 0 where none is needed.</summary>
    public int SpaceGroupsFound { get; }

    /// <summary>Gets the ids of the rows that have no space group, neither as a label nor from spglib; empty where none is needed.</summary>
    public ImmutableArray<string> WithoutSpaceGroup { get; }

    /// <summary>Gets the key of one row from what is known about it.</summary>
    /// <param name="kind">The kind of split.</param>
    /// <param name="id">The id, the key of a random split.</param>
    /// <param name="species">The element of each atom.</param>
    /// <param name="spaceGroup">The label of the space group; null where it is not known.</param>
    /// <returns>The key, for example <c>ABC3|221</c> for a split by prototype.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of the enumeration.</exception>
    public static string Of(SplitKind kind, string id, ImmutableArray<Element> species, string? spaceGroup)
    {
        ArgumentNullException.ThrowIfNull(id);
        return kind switch
        {
            SplitKind.Random => id,
            SplitKind.Group => spaceGroup is null ? ChemicalFormula.Reduced(species) : $"{ChemicalFormula.Reduced(species)}|{spaceGroup}",
            SplitKind.Formula => ChemicalFormula.Reduced(species),
            SplitKind.Prototype => $"{ChemicalFormula.Anonymous(species)}|{spaceGroup ?? Unknown}",
            SplitKind.ChemicalSystem => ChemicalFormula.ChemicalSystem(species),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of split."),
        };
    }

    /// <summary>Gets the keys of records.</summary>
    /// <param name="kind">The kind of split.</param>
    /// <param name="records">The records.</param>
    /// <param name="cancellationToken">Ends the search for space groups.</param>
    /// <returns>The keys, and where their space groups come from.</returns>
    /// <exception cref="LabelException">A split by prototype meets a label of the space group that is no number from 1 to 230.</exception>
    /// <exception cref="MissingNativeLibraryException">A space group must be found and spglib is missing.</exception>
    public static SplitKeys Of(SplitKind kind, IReadOnlyList<CrystalRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        var keys = new string[records.Count];
        List<int> toFind = [];
        for (var row = 0; row < keys.Length; row++)
        {
            var record = records[row];
            var spaceGroup = record.Labels.GetValueOrDefault(SpaceGroupColumn);
            if (kind == SplitKind.Prototype && spaceGroup is null)
            {
                toFind.Add(row);
            }
            else
            {
                keys[row] = Of(kind, record.Id, record.Crystal.Species, kind == SplitKind.Prototype ? Checked(record, spaceGroup!) : spaceGroup);
            }
        }

        var failed = new bool[keys.Length];
        if (toFind.Count > 0)
        {
            _ = SymmetryFinder.Version; // a missing library is said once, not by every thread
            Parallel.ForEach(toFind, new ParallelOptions { CancellationToken = cancellationToken }, row =>
            {
                var spaceGroup = Find(records[row].Crystal);
                failed[row] = spaceGroup is null;
                keys[row] = Of(kind, records[row].Id, records[row].Crystal.Species, spaceGroup);
            });
        }

        ImmutableArray<string> without = [.. toFind.Where(row => failed[row]).Select(row => records[row].Id)];
        return new(kind, ImmutableArray.Create(keys), toFind.Count - without.Length, without);
    }

    // Labels of different spelling would take one prototype apart.
    private static string Checked(CrystalRecord record, string spaceGroup) =>
        int.TryParse(spaceGroup, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SpaceGroups.Count
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new LabelException(
                SpaceGroupColumn, $"a number from 1 to {SpaceGroups.Count}", $"\"{spaceGroup}\"", record.Id, record.Origin);

    private static string? Find(Crystal crystal)
    {
        try
        {
            return SymmetryFinder.Analyze(crystal).SpaceGroupNumber.ToString(CultureInfo.InvariantCulture);
        }
        catch (SymmetryException)
        {
            return null;
        }
    }
}
