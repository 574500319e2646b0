using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Descriptors;

/// <summary>
/// Numbers that describe a crystal to a model of trees: a fixed list of columns, and a pure function from a crystal to their
/// values. Immutable; all methods may be called from many threads at once.
/// </summary>
/// <remarks>
/// <para>
/// The values do not depend on how a crystal is described: rotation, origin, order of the atoms, basis and size of the cell.
/// They are float32, as trees take them, rounded to 16 binary digits (below 1, to multiples of 2⁻¹⁶): what is left of the description
/// in further digits must not decide at a threshold. NaN is a value that does not exist (an element without tabulated electronegativity, the
/// distance of unlike atoms in an element): trees know what to do with it.
/// </para>
/// <para>
/// <c>claussen</c> is the baseline of N. Claussen, B. A. Bernevig and N. Regnault, Phys. Rev. B 101, 245117 (2020), DOI
/// 10.1103/PhysRevB.101.245117, as far as its abstract and the paper that this project implements tell: trees over the chemical
/// composition, "coarse-grained" as well, and the crystal's symmetry, without the positions of the atoms, the space group and the
/// numbers of electrons being what decides. From there: the space group, the electron counts, the composition. Ours are the exact
/// columns: all and valence electrons of the primitive cell, also modulo small numbers, their s, p, d and f counts and fractions,
/// the share of each element, and of each row and column of the periodic table for the coarse-grained composition.
/// </para>
/// <para>
/// <c>best</c> adds all that was found to help: statistics of elemental properties, the geometry of cell and bonds, the point
/// groups of the sites and the Wyckoff positions with the electrons on them. <c>best-bands</c> adds an approximate band structure
/// (<see cref="Bands.BandStructure"/>) and takes some 0.1 s for a crystal. <c>best-no-symmetry</c> is for tasks whose answer is
/// the symmetry: no column of it went through the symmetry finder; its primitive cell is the one that translations alone give.
/// </para>
/// </remarks>
public sealed class DescriptorSet
{
    /// <summary>Grows when a column of the same name gets other values; part of <see cref="Digest"/>.</summary>
    public const int Version = 2;

    private readonly ImmutableArray<DescriptorBlock> blocks;

    private DescriptorSet(string name, string description, params ImmutableArray<DescriptorBlock> blocks)
    {
        Name = name;
        Description = description;
        this.blocks = blocks;
        Columns = [.. blocks.SelectMany(block => block.Columns)];
        Names = [.. Columns.Select(column => column.Name)];
        Units = [.. Columns.Select(column => column.Unit)];
        Descriptions = [.. Columns.Select(column => column.Description)];
        UsesSymmetry = blocks.Any(block => block.UsesSymmetry);
        var text = string.Join('\n', Columns.Select(column => $"{column.Name}\t{column.Unit}"));
        Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"descriptors {Version}\n{text}")))[..16];
    }

    /// <summary>Gets all sets.</summary>
    public static IReadOnlyList<DescriptorSet> All { get; } =
    [
        new(
            "claussen",
            "Space group, electron counts and composition, after Claussen, Bernevig and Regnault (2020)",
            new SpaceGroupBlock(),
            new ElectronBlock(usesSymmetry: true),
            new ElectronFractionBlock(),
            new ElementFractionBlock(),
            new CoarseCompositionBlock()),
        new(
            "best",
            "Symmetry, electrons, composition, elemental properties, geometry, site symmetries and Wyckoff positions",
            new SpaceGroupBlock(),
            new SymmetryTypeBlock(),
            new ElectronBlock(usesSymmetry: true),
            new ElectronFractionBlock(),
            new ElementFractionBlock(),
            new StoichiometryBlock(),
            new PropertyStatisticsBlock(),
            new CellBlock(),
            new BondBlock(),
            new BondOrderBlock(),
            new PairDistanceBlock(),
            new SiteSymmetryBlock(),
            new WyckoffBlock()),
        new(
            "best-bands",
            "All of best and an approximate band structure: gaps, parities and crossings of its occupied bands",
            new SpaceGroupBlock(),
            new SymmetryTypeBlock(),
            new ElectronBlock(usesSymmetry: true),
            new ElectronFractionBlock(),
            new ElementFractionBlock(),
            new StoichiometryBlock(),
            new PropertyStatisticsBlock(),
            new CellBlock(),
            new BondBlock(),
            new BondOrderBlock(),
            new PairDistanceBlock(),
            new SiteSymmetryBlock(),
            new WyckoffBlock(),
            new BandBlock()),
        new(
            "best-no-symmetry",
            "Composition, elemental properties and geometry; nothing that the symmetry finder has found",
            new ElectronBlock(usesSymmetry: false),
            new ElectronFractionBlock(),
            new ElementFractionBlock(),
            new StoichiometryBlock(),
            new PropertyStatisticsBlock(),
            new CellBlock(),
            new BondBlock(),
            new BondOrderBlock(),
            new PairDistanceBlock()),
    ];

    /// <summary>Gets the name, for example <c>best</c>.</summary>
    public string Name { get; }

    /// <summary>Gets what the set holds, one sentence without a full stop.</summary>
    public string Description { get; }

    /// <summary>Gets the columns in the order of the values.</summary>
    public ImmutableArray<DescriptorColumn> Columns { get; }

    /// <summary>Gets the names of the columns.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Gets the units of the columns, <c>1</c> for a pure number.</summary>
    public ImmutableArray<string> Units { get; }

    /// <summary>Gets what each column is.</summary>
    public ImmutableArray<string> Descriptions { get; }

    /// <summary>Gets the number of columns.</summary>
    public int Count => Columns.Length;

    /// <summary>Gets whether the set needs the symmetry of the crystal.</summary>
    public bool UsesSymmetry { get; }

    /// <summary>
    /// Gets 16 hexadecimal digits that stand for the version, names and units of all columns: a model that was trained on other
    /// ones must not be asked.
    /// </summary>
    public string Digest { get; }

    /// <summary>Finds a set.</summary>
    /// <param name="name">Its name: <c>claussen</c>, <c>best</c>, <c>best-bands</c> or <c>best-no-symmetry</c>.</param>
    /// <returns>The set.</returns>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static DescriptorSet Find(string name) => All.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"\"{name}\" is no set of descriptors; there are {string.Join(", ", All)}.", nameof(name));

    /// <summary>Describes a crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="symmetry">Its symmetry; null to have it found with default options if the set uses it.</param>
    /// <returns>The values; shape (columns).</returns>
    /// <exception cref="SymmetryException">The symmetry has to be found and cannot.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is needed and missing.</exception>
    /// <exception cref="ArgumentException">The symmetry is that of a crystal with another number of atoms.</exception>
    public float[] Compute(Crystal crystal, CrystalSymmetry? symmetry = null)
    {
        var values = new float[Count];
        Compute(crystal, symmetry, values);
        return values;
    }

    /// <summary>Describes a crystal whose symmetry is not known yet.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="values">Where the values go; shape (columns).</param>
    /// <exception cref="SymmetryException">The set uses the symmetry, and none is found.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is needed and missing.</exception>
    /// <exception cref="ArgumentException">There is no room for the values.</exception>
    public void Compute(Crystal crystal, Span<float> values) => Compute(crystal, null, values);

    /// <summary>Describes a crystal.</summary>
    /// <param name="crystal">The crystal.</param>
    /// <param name="symmetry">Its symmetry; null to have it found with default options if the set uses it.</param>
    /// <param name="values">Where the values go; shape (columns).</param>
    /// <exception cref="SymmetryException">The symmetry has to be found and cannot.</exception>
    /// <exception cref="MissingNativeLibraryException">spglib is needed and missing.</exception>
    /// <exception cref="ArgumentException">
    /// There is no room for the values, or the symmetry is that of a crystal with another number of atoms.
    /// </exception>
    public void Compute(Crystal crystal, CrystalSymmetry? symmetry, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (values.Length != Count)
        {
            throw new ArgumentException($"The set {Name} gives {Count} values, there is room for {values.Length}.", nameof(values));
        }

        if (symmetry is not null && symmetry.EquivalentAtoms.Length != crystal.Count)
        {
            throw new ArgumentException(
                $"The symmetry is that of {symmetry.EquivalentAtoms.Length} atoms, the crystal has {crystal.Count}.", nameof(symmetry));
        }

        var input = new DescriptorInput(crystal, UsesSymmetry ? symmetry ?? SymmetryFinder.Analyze(crystal) : null);
        var next = 0;
        foreach (var block in blocks)
        {
            block.Compute(input, values.Slice(next, block.Columns.Length));
            next += block.Columns.Length;
        }

        DescriptorGrid.Round(values);
    }

    /// <summary>Gets the name.</summary>
    /// <returns>For example <c>best</c>.</returns>
    public override string ToString() => Name;
}
