using System.Collections.Immutable;

namespace Faithful.Crystals.Symmetry;

/// <summary>What spglib says about the setting of a crystal and the sites of its atoms. Immutable.</summary>
internal sealed class SpglibSites
{
    public unsafe SpglibSites(SpglibDataset* dataset, int atoms)
    {
        HallNumber = dataset->HallNumber;
        HallSymbol = SpglibDataset.Text(dataset->HallSymbol, 17);
        var letters = ImmutableArray.CreateBuilder<char>(atoms);
        var symbols = ImmutableArray.CreateBuilder<string>(atoms);
        for (var atom = 0; atom < atoms; atom++)
        {
            var letter = dataset->WyckoffLetters[atom]; // 0..26: the 27th position of Pmmm has a capital A
            letters.Add((char)(letter < 26 ? 'a' + letter : 'A' + letter - 26));
            const int Length = SpglibDataset.SiteSymmetrySymbolLength;
            symbols.Add(SpglibDataset.Text(dataset->SiteSymmetrySymbols + (Length * atom), Length));
        }

        WyckoffLetters = letters.MoveToImmutable();
        Symbols = symbols.MoveToImmutable();
        Reduction = new PrimitiveReduction(dataset, atoms);
        EquivalentAtoms = [.. new ReadOnlySpan<int>(dataset->EquivalentAtoms, atoms)];
    }

    public int HallNumber { get; }

    public string HallSymbol { get; }

    public ImmutableArray<char> WyckoffLetters { get; }

    public ImmutableArray<string> Symbols { get; }

    public ImmutableArray<int> EquivalentAtoms { get; }

    public PrimitiveReduction Reduction { get; }
}
