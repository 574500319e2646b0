using System.Collections.Immutable;

namespace Faithful.Crystals.Symmetry;

/// <summary>The space group of a crystal and the symmetry of its sites. Immutable.</summary>
public sealed class CrystalSymmetry
{
    private readonly Crystal crystal;
    private readonly SymmetryOptions options;
    private readonly SpglibSites? given;
    private readonly FoundOperations? operations;
    private SpglibSites? found;
    private Crystal? standardPrimitive;

    internal unsafe CrystalSymmetry(Crystal crystal, SymmetryOptions options, SpglibDataset* dataset)
    {
        this.crystal = crystal;
        this.options = options;
        SpaceGroupNumber = dataset->SpaceGroupNumber;
        InternationalSymbol = SpglibDataset.Text(dataset->InternationalSymbol, SpglibDataset.InternationalSymbolLength);
        OperationCount = dataset->OperationCount;
        IsPrimitive = new HashSet<int>(new ReadOnlySpan<int>(dataset->MappingToPrimitive, crystal.Count).ToArray()).Count == crystal.Count;
        given = new(dataset, crystal.Count);
        SitePointGroups = [.. given.Symbols.Select(SiteSymmetry.PointGroupNumber)];
        EquivalentAtoms = given.EquivalentAtoms;
    }

    internal unsafe CrystalSymmetry(Crystal crystal, SymmetryOptions options, FoundOperations operations, SpglibSpaceGroupType type, bool isPrimitive)
    {
        this.crystal = crystal;
        this.options = options;
        this.operations = operations;
        SpaceGroupNumber = type.Number;
        InternationalSymbol = SpglibDataset.Text(type.InternationalShort, SpglibDataset.InternationalSymbolLength);
        OperationCount = operations.Count;
        IsPrimitive = isPrimitive;
        SitePointGroups = [.. operations.SitePointGroups()];
        EquivalentAtoms = [.. operations.EquivalentAtoms()];
    }

    /// <summary>Gets the number of the space group in the International Tables, 1 to 230.</summary>
    public int SpaceGroupNumber { get; }

    /// <summary>Gets the short Hermann-Mauguin symbol of the space group, for example <c>Fd-3m</c>.</summary>
    public string InternationalSymbol { get; }

    /// <summary>Gets the Hall symbol of the setting that spglib chose, for example <c>F 4d 2 3 -1d</c>.</summary>
    public string HallSymbol => Sites.HallSymbol;

    /// <summary>Gets spglib's number of that setting, 1 to 530.</summary>
    public int HallNumber => Sites.HallNumber;

    /// <summary>Gets the symbol of the point group, for example <c>m-3m</c>.</summary>
    public string PointGroup => SpaceGroups.PointGroupSymbol(SpaceGroupNumber);

    /// <summary>Gets the number of the point group, 1 to 32, in the order of the International Tables.</summary>
    public int PointGroupNumber => SpaceGroups.PointGroupNumber(SpaceGroupNumber);

    /// <summary>Gets the number of symmetry operations of the given cell (translations within it included).</summary>
    public int OperationCount { get; }

    /// <summary>Gets the Wyckoff letter of each atom; shape (atoms). The 27th position of space group 47 is <c>A</c>.</summary>
    public ImmutableArray<char> WyckoffLetters => Sites.WyckoffLetters;

    /// <summary>Gets the oriented site-symmetry symbol of each atom, for example <c>4m.m</c>; shape (atoms).</summary>
    public ImmutableArray<string> SiteSymmetrySymbols => Sites.Symbols;

    /// <summary>
    /// Gets the point group of each atom's site, 1 to 32 in the order of the International Tables, 0 unknown; shape (atoms).
    /// </summary>
    public ImmutableArray<int> SitePointGroups { get; }

    /// <summary>Gets for each atom the first atom that symmetry takes to it; shape (atoms).</summary>
    public ImmutableArray<int> EquivalentAtoms { get; }

    /// <summary>Gets whether the given cell is primitive: no two of its atoms are translations of each other.</summary>
    public bool IsPrimitive { get; }

    /// <summary>Gets the crystal in its standard primitive cell; found at the first use.</summary>
    /// <exception cref="SymmetryException">spglib finds none.</exception>
    public Crystal StandardPrimitive => standardPrimitive ??= SymmetryFinder.Primitive(crystal, options, Reduction);

    /// <summary>Gets how many primitive cells the given cell holds.</summary>
    /// <exception cref="SymmetryException">spglib finds no primitive cell.</exception>
    internal int PrimitiveCells => IsPrimitive ? 1 : operations?.PrimitiveCells ?? crystal.Count / StandardPrimitive.Count;

    /// <summary>
    /// Gets Wyckoff letters as <see cref="WyckoffLetters"/>, or as spglib gives them for another choice of origin and axes, which the
    /// affine normalizer of the space group allows; in most cases a hundred times as fast.
    /// </summary>
    internal IReadOnlyList<char> WyckoffLettersOfSomeSetting => operations is null || !IsPrimitive || found is not null
        ? WyckoffLetters
        : KnownWyckoffLetters.Of(operations.WyckoffKey(), () => WyckoffLetters);

    /// <summary>Gets the tolerances with which the symmetry was found.</summary>
    internal SymmetryOptions Options => options;

    // What spglib has said of all atoms, or would say of some.
    private PrimitiveReduction? Reduction => (given ?? found)?.Reduction
        ?? (operations is null || options.Idealize ? null : CentredSearch.FindReduction(crystal, options, operations));

    // The setting and the Wyckoff positions are what spglib needs most time for: they are asked for when somebody wants them.
    private SpglibSites Sites => given ?? (found ??= SymmetryFinder.FindSites(crystal, options));
}
