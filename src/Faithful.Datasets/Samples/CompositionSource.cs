using System.Collections.Immutable;
using Faithful.Crystals;

namespace Faithful.Datasets.Samples;

/// <summary>
/// Draws the compositions of the sample. In each round all prototypes of one composition type (<c>AB2</c>, …) share one composition,
/// so a composition by itself says nothing of the structure beyond its type.
/// </summary>
internal sealed class CompositionSource
{
    // Elements that form solids one can handle: no noble gases, no hydrogen, nothing that decays within a lifetime.
    private static readonly ImmutableArray<string> Metals =
    [
        .. ("Li Be Na Mg Al K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Rb Sr Y Zr Nb Mo Ru Rh Pd Ag Cd In Sn Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy "
            + "Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Th U").Split(' '),
    ];

    private static readonly ImmutableArray<string> Others = [.. "B C N O F Si P S Cl Ge As Se Br Sb Te I".Split(' ')];

    private readonly HashSet<string> formulas = new(StringComparer.Ordinal);
    private readonly Deck metals;
    private readonly Deck others;
    private readonly SplitMix64 random;

    /// <summary>Initializes a new instance of the <see cref="CompositionSource"/> class.</summary>
    /// <param name="key">The key of the random stream.</param>
    public CompositionSource(string key)
    {
        random = new SplitMix64(key);
        metals = new Deck(Metals, random);
        others = new Deck(Others, random);
    }

    /// <summary>Draws a composition whose formula has not come before.</summary>
    /// <param name="unit">The number of atoms of each role (A, B, C) in a formula unit.</param>
    /// <returns>The elements in the order of the roles.</returns>
    public ImmutableArray<Element> Draw(ImmutableArray<int> unit)
    {
        while (true)
        {
            var symbols = Symbols(unit.Length);
            if (formulas.Add(string.Join(' ', symbols.Select((symbol, role) => $"{symbol}{unit[role]}").Order(StringComparer.Ordinal))))
            {
                return [.. symbols.Select(Element.FromSymbol)];
            }
        }
    }

    // Three of five compounds are salt-like (metals, then one other element), one has two other elements, one is an alloy.
    private string[] Symbols(int roles)
    {
        var style = random.Below(5);
        var nonMetals = roles == 1 ? (style == 0 ? 1 : 0) : style switch { 0 => 0, 1 => Math.Min(2, roles - 1), _ => 1 };
        var symbols = new List<string>();
        while (symbols.Count < roles)
        {
            var symbol = (symbols.Count < roles - nonMetals ? metals : others).Draw();
            if (!symbols.Contains(symbol))
            {
                symbols.Add(symbol);
            }
        }

        return [.. symbols];
    }

    // Deals all cards before it shuffles again, so that every element occurs about equally often.
    private sealed class Deck(ImmutableArray<string> cards, SplitMix64 random)
    {
        private readonly string[] order = [.. cards];
        private int next = cards.Length;

        public string Draw()
        {
            if (next == order.Length)
            {
                random.Shuffle(order);
                next = 0;
            }

            return order[next++];
        }
    }
}
