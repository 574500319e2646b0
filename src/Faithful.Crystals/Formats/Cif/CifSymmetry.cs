using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Finds the symmetry operations of a data block; see <see cref="CifReader"/> for the rules.</summary>
/// <param name="block">The block.</param>
/// <param name="lattice">Its lattice.</param>
/// <param name="errors">The errors of the text.</param>
internal sealed class CifSymmetry(CifBlock block, Lattice lattice, CifErrors errors)
{
    /// <summary>What cells with a few decimals are off from their symmetry, relative to products of lengths.</summary>
    private const double UsualDistortion = 2e-3;

    /// <summary>Where the cell belongs to another setting, or to another symmetry.</summary>
    private const double LargestDistortion = 0.05;

    // Files by the thousand share the same few lists of operations.
    private const int LargestKnownList = 1 << 14;
    private const int MostKnownLists = 512;

    private static readonly ConcurrentDictionary<string, CifSpaceGroup> KnownLists = new();

    /// <summary>
    /// Finds the operations.
    /// </summary>
    /// <returns>
    /// One group; or, where the file leaves open which of two origins it means, the groups about each of them, the standard first.
    /// </returns>
    /// <exception cref="CrystalFormatException">The symmetry cannot be understood, or the cell does not have it.</exception>
    public ImmutableArray<CifCandidate> Find()
    {
        var number = ReadNumber();
        if (ReadList() is { } listed)
        {
            CheckNames(listed, number);
            return [Checked(new(listed, "the list of operations"), ListColumn()!.Line)];
        }

        if (block.Value(CifItem.MagneticOperation) is { } magnetic)
        {
            throw errors.With(
                magnetic.Line,
                "operations of a space group (_space_group_symop_operation_xyz)",
                "only those of a magnetic one, which are not supported");
        }

        if (block.Value(CifItem.HallSymbol) is { } hall)
        {
            if (HallSymbol.TryParse(hall.Text) is { } group)
            {
                CheckNames(group, number);
                return [Checked(new(group, $"the Hall symbol {CifErrors.Quote(hall.Text)}"), hall.Line)];
            }

            NotUnderstood("Hall symbol", hall, number is null && block.Value(CifItem.HermannMauguinSymbol) is null);
        }

        if (block.Value(CifItem.HermannMauguinSymbol) is { } symbol)
        {
            var settings = SpaceGroupSettings.OfSymbol(symbol.Text);
            if (!settings.IsEmpty)
            {
                WarnIfOther(settings[0].Number, number, $"The space-group symbol {CifErrors.Quote(symbol.Text)}");
                return Choose(settings, $"the symbol {CifErrors.Quote(symbol.Text)}", symbol.Line);
            }

            NotUnderstood("Hermann-Mauguin symbol", symbol, number is null);
        }

        if (number is { } declared)
        {
            var settings = SpaceGroupSettings.OfNumber(declared.Number);
            if (settings.Length > 1)
            {
                block.Warnings.Add($"Only the number {declared.Number} says the space group: a setting was chosen that fits the cell.");
            }

            return Choose(settings, FormattableString.Invariant($"the number {declared.Number}"), declared.Line);
        }

        if (block[CifItem.SpaceGroupOperation] is null && block[CifItem.SymmetryOperation] is null)
        {
            block.Warnings.Add("The data block says nothing about symmetry: its atoms were taken as all that are in the cell (P 1).");
        }
        else
        {
            block.Warnings.Add("The symmetry is given as unknown: the atoms were taken as all that are in the cell (P 1).");
        }

        return [new(CifSpaceGroup.P1, "no symmetry")];
    }

    private CifColumn? ListColumn()
    {
        var (current, old) = (block[CifItem.SpaceGroupOperation], block[CifItem.SymmetryOperation]);
        return current?.FirstKnown() is not null ? current : old?.FirstKnown() is not null ? old : null;
    }

    private CifSpaceGroup? ReadList()
    {
        if (ListColumn() is not { } column)
        {
            return null;
        }

        if (column == block[CifItem.SpaceGroupOperation]
            && block[CifItem.SymmetryOperation] is { } old
            && old.FirstKnown() is not null
            && old.Count != column.Count)
        {
            block.Warnings.Add($"{column.Tag} lists {column.Count} operations and {old.Tag} {old.Count}; the former were taken.");
        }

        if (column.Count > CifSpaceGroup.MaximumOperations)
        {
            throw errors.With(column.Line, $"at most {CifSpaceGroup.MaximumOperations} symmetry operations", $"{column.Count}");
        }

        var length = 0;
        for (var row = 0; row < column.Count; row++)
        {
            length += column[row].Text.Length + 1;
        }

        var key = length > LargestKnownList ? null : string.Join(';', Enumerable.Range(0, column.Count).Select(row => column[row].Text));
        if (key is not null && KnownLists.TryGetValue(key, out var known))
        {
            return known;
        }

        var operations = new List<CifOperation>(column.Count);
        for (var row = 0; row < column.Count; row++)
        {
            operations.Add(CifOperationParser.TryParse(column[row].Text)
                ?? throw errors.At(column[row].Line, "a symmetry operation that keeps the lattice, such as -x,y+1/2,-z", column[row].Text));
        }

        var group = CifSpaceGroup.FromList(operations) ?? throw errors.With(
            column.Line,
            "symmetry operations that form a group: all products of two of them, and x,y,z",
            $"{operations.Count} that do not");
        if (key is not null && KnownLists.Count < MostKnownLists)
        {
            KnownLists[key] = group;
        }

        return group;
    }

    private (int Number, int Line)? ReadNumber()
    {
        if (block.Value(CifItem.SpaceGroupNumber) is not { } value)
        {
            return null;
        }

        return int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= SpaceGroups.Count
            ? (number, value.Line)
            : throw errors.At(value.Line, $"the number of a space group, 1 to {SpaceGroups.Count}", value.Text);
    }

    // Without anything else to go by it is an error.
    private void NotUnderstood(string kind, CifValue value, bool isLast)
    {
        if (isLast)
        {
            throw errors.At(value.Line, $"a {kind} of a space group, or its operations", value.Text);
        }

        block.Warnings.Add($"The {kind} {CifErrors.Quote(value.Text)} was not understood and not used.");
    }

    // What else the block says about the space group of the operations that are used.
    private void CheckNames(CifSpaceGroup group, (int Number, int Line)? number)
    {
        if (!SymmetryFinder.TryGetVersion(out _, out _))
        {
            return; // the table of names is in spglib; the crystal needs it not
        }

        if (number is { } declared)
        {
            CheckNumber(group, declared.Number, $"the number {declared.Number}");
        }

        if (block.Value(CifItem.HermannMauguinSymbol) is { } symbol && SpaceGroupSettings.OfSymbol(symbol.Text) is [var setting, ..])
        {
            CheckNumber(group, setting.Number, $"the symbol {CifErrors.Quote(symbol.Text)}");
        }
    }

    private void CheckNumber(CifSpaceGroup group, int declared, string name)
    {
        var number = SpaceGroupSettings.NumberOf(group);
        if (number > 0)
        {
            WarnIfOther(number, (declared, 0), "The group of the symmetry operations", name);
        }
        else if (group.Signature.PointGroup != SpaceGroupSettings.OfNumber(declared)[0].Group.Signature.PointGroup)
        {
            block.Warnings.Add($"The symmetry operations are not of the crystal class of {name}; the operations were taken.");
        }
    }

    private void WarnIfOther(int number, (int Number, int Line)? declared, string subject, string? name = null)
    {
        if (declared is { } other && other.Number != number)
        {
            block.Warnings.Add($"{subject} has the number {number}, but the file also says {name ?? $"the number {other.Number}"}; the former was taken.");
        }
    }

    // Of the settings that fit the cell best, the first, and the one about the other origin if there is one.
    private ImmutableArray<CifCandidate> Choose(ImmutableArray<SpaceGroupSetting> settings, string name, int line)
    {
        var distortions = settings.Select(setting => setting.Group.Distortion(lattice)).ToArray();
        var limit = distortions.Min() + UsualDistortion;
        var chosen = settings.Where((_, index) => distortions[index] <= limit).ToArray();
        var first = chosen[0];
        var others = chosen.Skip(1).Where(setting => first.Origin > 0
            && setting.Origin > 0
            && setting.Origin != first.Origin
            && setting.Number == first.Number
            && setting.Choice[1..] == first.Choice[1..]);
        return
        [
            .. others.Take(1).Prepend(first).Select(setting => Checked(
                new(setting.Group, name) { Origin = setting.Origin },
                line)),
        ];
    }

    private CifCandidate Checked(CifCandidate candidate, int line)
    {
        var distortion = candidate.Group.Distortion(lattice);
        var percent = string.Create(CultureInfo.InvariantCulture, $"{100 * distortion:0.##} %");
        if (distortion > LargestDistortion)
        {
            throw errors.With(
                line,
                $"a cell that has the symmetry of {candidate.Name}",
                $"{lattice}, whose vectors the operations change by {percent}");
        }

        if (distortion > UsualDistortion && !block.Warnings.Exists(warning => warning.StartsWith("The cell has", StringComparison.Ordinal)))
        {
            block.Warnings.Add($"The cell has the symmetry of {candidate.Name} only roughly: the operations change it by {percent}.");
        }

        return candidate;
    }
}
