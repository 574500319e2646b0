using Faithful.Crystals.Bands;
using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Descriptors;

/// <summary>A crystal on its way through the blocks of a <see cref="DescriptorSet"/>; what several of them need is found once.</summary>
internal sealed class DescriptorInput
{
    private readonly CrystalSymmetry? symmetry;
    private TranslationCell? translationCell;
    private BondNetwork? bonds;
    private BandStructure? bands;
    private bool hasBands;

    public DescriptorInput(Crystal crystal, CrystalSymmetry? symmetry)
    {
        Crystal = crystal;
        this.symmetry = symmetry;
        var counts = new int[Element.Count + 1];
        foreach (var element in crystal.Species)
        {
            counts[element.AtomicNumber]++;
        }

        Species = [.. Element.All.Where(element => counts[element.AtomicNumber] > 0)];
        Counts = [.. Species.Select(element => counts[element.AtomicNumber])];
    }

    public Crystal Crystal { get; }

    /// <summary>Gets the elements that occur, by atomic number.</summary>
    public Element[] Species { get; }

    /// <summary>Gets the number of atoms of each of the <see cref="Species"/> in the given cell.</summary>
    public int[] Counts { get; }

    /// <summary>Gets the symmetry.</summary>
    /// <exception cref="InvalidOperationException">The set said that it needs none.</exception>
    public CrystalSymmetry Symmetry => symmetry ?? throw new InvalidOperationException("A block that uses symmetry must say so.");

    /// <summary>Gets how many primitive cells the given cell holds.</summary>
    public int PrimitiveCells => Symmetry.PrimitiveCells;

    /// <summary>Gets the smallest cell by translations, found without the symmetry finder.</summary>
    public TranslationCell TranslationCell => translationCell ??= TranslationCell.Of(Crystal);

    /// <summary>Gets the bands; null where there are none.</summary>
    public BandStructure? Bands
    {
        get
        {
            if (!hasBands)
            {
                (bands, hasBands) = (BandStructure.Compute(Crystal, Symmetry.Options), true);
            }

            return bands;
        }
    }

    /// <summary>Gets the bonds.</summary>
    public BondNetwork Bonds => bonds ??= new(Crystal);
}
