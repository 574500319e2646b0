using System.Collections.Immutable;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Formats.Cif;

/// <summary>Finds settings of space groups by their Hermann-Mauguin symbols and numbers, in spglib's table.</summary>
internal static class SpaceGroupSettings
{
    private const int Count = 530;

    // The symbols before 1992, without the glide plane e, in the order of the settings: five groups, all six choices of axes.
    private static readonly (int FirstHallNumber, bool HasTwoOrigins, string[] Symbols)[] SymbolsWithoutDoubleGlides =
    [
        (191, false, ["Abm2", "Bma2", "B2cm", "C2mb", "Cm2a", "Ac2m"]),
        (203, false, ["Aba2", "Bba2", "B2cb", "C2cb", "Cc2a", "Ac2a"]),
        (304, false, ["Cmca", "Ccmb", "Abma", "Acam", "Bbcm", "Bmab"]),
        (316, false, ["Cmma", "Cmmb", "Abmm", "Acmm", "Bmcm", "Bmam"]),
        (322, true, ["Ccca", "Cccb", "Abaa", "Acaa", "Bbcb", "Bbab"]),
    ];

    private static readonly Lazy<ImmutableArray<SpaceGroupSetting>> Table =
        new(() => [.. Enumerable.Range(1, Count).Select(hallNumber => new SpaceGroupSetting(hallNumber))]);

    private static readonly Lazy<Dictionary<string, List<SpaceGroupSetting>>> BySymbol = new(IndexSymbols);

    private static readonly Lazy<Dictionary<CifSpaceGroupSignature, int>> BySignature = new(IndexSignatures);

    /// <summary>Gets the settings in the order of spglib's numbers.</summary>
    /// <exception cref="MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public static ImmutableArray<SpaceGroupSetting> All => Table.Value;

    /// <summary>Gets the settings of a space group, the standard one first.</summary>
    /// <param name="number">1 to 230.</param>
    public static ImmutableArray<SpaceGroupSetting> OfNumber(int number) =>
        [.. All.Where(setting => setting.Number == number).OrderByDescending(setting => setting.IsStandard)];

    /// <summary>Gets the settings that a symbol may mean.</summary>
    /// <param name="symbol">A Hermann-Mauguin symbol in any of its usual spellings.</param>
    /// <returns>
    /// The settings, the standard one first if it is one of them, and otherwise in the order of the table (unique axis b before c
    /// before a); none if the symbol is unknown.
    /// </returns>
    public static ImmutableArray<SpaceGroupSetting> OfSymbol(string symbol)
    {
        var (name, choice) = SpaceGroupSymbol.Normalize(symbol);
        if (BySymbol.Value.TryGetValue(name, out var settings))
        {
            return Choose(settings, choice);
        }

        // A letter or number of the setting without a colon: "F d -3 m S", "R -3 m H", "P n n n 2".
        if (choice.Length == 0 && name.Length > 2 && BySymbol.Value.TryGetValue(name[..^1], out settings))
        {
            return Choose(settings, name[^1..]);
        }

        return [];
    }

    /// <summary>Gets the number of the space group that has these operations in one of the settings, or 0.</summary>
    public static int NumberOf(CifSpaceGroup group) => BySignature.Value.GetValueOrDefault(group.Signature);

    private static ImmutableArray<SpaceGroupSetting> Choose(List<SpaceGroupSetting> settings, string choice)
    {
        choice = choice switch
        {
            "s" => "1", // the names of the Inorganic Crystal Structure Database: S for the first origin, Z for the one at a centre
            "z" => "2",
            _ => choice,
        };
        return
        [
            .. settings
                .Where(setting => choice.Length == 0
                    || setting.Choice.Equals(choice, StringComparison.OrdinalIgnoreCase)
                    || (choice is "1" or "2" && setting.Choice.StartsWith(choice, StringComparison.Ordinal)))
                .OrderByDescending(setting => setting.IsStandard),
        ];
    }

    private static Dictionary<string, List<SpaceGroupSetting>> IndexSymbols()
    {
        var index = new Dictionary<string, List<SpaceGroupSetting>>();
        foreach (var setting in All)
        {
            foreach (var name in NamesOf(setting).Select(name => SpaceGroupSymbol.Normalize(name).Name).Distinct())
            {
                Add(index, name, setting);
            }
        }

        foreach (var (first, hasTwoOrigins, symbols) in SymbolsWithoutDoubleGlides)
        {
            for (var place = 0; place < symbols.Length; place++)
            {
                var settings = hasTwoOrigins ? All.AsSpan().Slice(first - 1 + (2 * place), 2) : All.AsSpan().Slice(first - 1 + place, 1);
                foreach (var setting in settings)
                {
                    Add(index, SpaceGroupSymbol.Normalize(symbols[place]).Name, setting);
                }
            }
        }

        return index;
    }

    private static void Add(Dictionary<string, List<SpaceGroupSetting>> index, string name, SpaceGroupSetting setting)
    {
        if (!index.TryGetValue(name, out var settings))
        {
            index[name] = settings = [];
        }

        if (!settings.Contains(setting))
        {
            settings.Add(setting);
        }
    }

    private static List<string> NamesOf(SpaceGroupSetting setting)
    {
        var names = setting.Symbols.Split('=').Select(name => name.Trim()).ToList();
        if (names.Count > 1)
        {
            // Monoclinic: the first name is that of the standard setting. The short name leaves out the axes without symmetry.
            names.RemoveAt(0);
            names.AddRange(names.ToList().Select(name => string.Concat(name.Split(' ').Where(word => word != "1"))));
        }
        else
        {
            names.Add(setting.FullSymbol);
        }

        // Before 1935, and often still, the cubic threefold axis had no sign: Fm3m.
        return SpaceGroups.CrystalSystem(setting.Number) == CrystalSystem.Cubic
            ? [.. names, .. names.Select(name => name.Replace("-3", "3", StringComparison.Ordinal))]
            : names;
    }

    private static Dictionary<CifSpaceGroupSignature, int> IndexSignatures()
    {
        var index = new Dictionary<CifSpaceGroupSignature, int>();
        foreach (var setting in All)
        {
            index[setting.Group.Signature] = setting.Number;
        }

        return index;
    }
}
