using System.Collections.Immutable;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>One of the 530 settings in which the International Tables describe the 230 space groups.</summary>
internal sealed class SpaceGroupSetting
{
    private CifSpaceGroup? group;

    /// <summary>Initializes a new instance of the <see cref="SpaceGroupSetting"/> class from spglib's table.</summary>
    /// <param name="hallNumber">spglib's number of the setting, 1 to 530.</param>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public unsafe SpaceGroupSetting(int hallNumber)
    {
        Spglib.Require();
        var type = Spglib.spg_get_spacegroup_type(hallNumber);
        HallNumber = hallNumber;
        Number = type.Number;
        HallSymbol = SpglibDataset.Text(type.HallSymbol, 17);
        Choice = SpglibDataset.Text(type.Choice, 6);
        FullSymbol = SpglibDataset.Text(type.InternationalFull, 20);
        Symbols = SpglibDataset.Text(type.International, 32);
        IsStandard = StandardSettings.HallNumber(Number) == hallNumber;
    }

    /// <summary>Gets spglib's number of the setting, 1 to 530.</summary>
    public int HallNumber { get; }

    /// <summary>Gets the number of the space group, 1 to 230.</summary>
    public int Number { get; }

    /// <summary>Gets the Hall symbol.</summary>
    public string HallSymbol { get; }

    /// <summary>Gets the axes, cell or origin choice, for example <c>b1</c>, <c>cab</c>, <c>2</c>, <c>H</c>, <c>1bca</c>; may be empty.</summary>
    public string Choice { get; }

    /// <summary>Gets the full Hermann-Mauguin symbol, for example <c>P 1 2_1/c 1</c>.</summary>
    public string FullSymbol { get; }

    /// <summary>Gets the symbols of the table: for monoclinic groups those of the standard setting, an equals sign and those of this one.</summary>
    public string Symbols { get; }

    /// <summary>Gets a value indicating whether this is the standard setting of its space group.</summary>
    public bool IsStandard { get; }

    /// <summary>Gets the origin choice, 1 or 2, or 0 if there is but one.</summary>
    public int Origin => Choice is ['1' or '2', ..] ? Choice[0] - '0' : 0;

    /// <summary>Gets the operations; read from spglib's table at the first use.</summary>
    public CifSpaceGroup Group => group ??= ReadGroup();

    private unsafe CifSpaceGroup ReadGroup()
    {
        var rotations = new int[9 * Spglib.MaximumOperations];
        var translations = new double[3 * Spglib.MaximumOperations];
        int count;
        fixed (int* rotation = rotations)
        fixed (double* translation = translations)
        {
            count = Spglib.spg_get_symmetry_from_database(rotation, translation, HallNumber);
        }

        var operations = ImmutableArray.CreateBuilder<CifOperation>(count);
        for (var index = 0; index < count; index++)
        {
            operations.Add(new(
                [.. rotations.AsSpan(9 * index, 9)],
                new(translations[3 * index], translations[(3 * index) + 1], translations[(3 * index) + 2])));
        }

        return CifSpaceGroup.FromList(operations)
            ?? throw new InvalidOperationException($"The operations of spglib's setting {HallNumber} ({HallSymbol}) form no group.");
    }
}
