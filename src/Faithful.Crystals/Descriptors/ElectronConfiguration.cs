using System.Collections.Immutable;
using System.Globalization;

namespace Faithful.Crystals.Descriptors;

/// <summary>The electrons of a neutral atom in its ground state. Immutable.</summary>
/// <remarks>
/// From the NIST Atomic Spectra Database up to hassium, by Madelung's rule for the elements after it (Data/README.md).
/// Valence electrons are those outside the noble-gas core, without a full d subshell below p electrons (gallium: 4s2 4p1) and
/// without a full f subshell below d or p electrons (hafnium: 5d2 6s2): such subshells lie too deep to take part in the bands
/// near the Fermi energy. Zinc keeps its 3d10 and ytterbium its 4f14.
/// </remarks>
public sealed class ElectronConfiguration
{
    private static readonly ImmutableArray<ElectronConfiguration> Configurations = ReadAll(ElementTable.Embedded);

    private ElectronConfiguration(string text, ImmutableArray<Subshell> core, ImmutableArray<Subshell> outside)
    {
        Text = text;
        Subshells = [.. core, .. outside];
        var hasP = outside.Any(subshell => subshell.Azimuthal == 1);
        var hasD = outside.Any(subshell => subshell.Azimuthal == 2);
        var valence = new int[Subshell.Letters.Length];
        var unfilled = new int[Subshell.Letters.Length];
        foreach (var subshell in outside)
        {
            var isBuried = subshell.Azimuthal switch { 2 => hasP, 3 => hasP || hasD, _ => false };
            if (isBuried && subshell.Electrons == subshell.Capacity)
            {
                continue;
            }

            valence[subshell.Azimuthal] += subshell.Electrons;
            unfilled[subshell.Azimuthal] += subshell.Capacity - subshell.Electrons;
            UnpairedElectrons += subshell.Unpaired;
        }

        Valence = [.. valence];
        Unfilled = [.. unfilled];
    }

    /// <summary>Gets the configuration with the noble-gas core in brackets, for example <c>[Ar] 3d6 4s2</c>.</summary>
    public string Text { get; }

    /// <summary>Gets all subshells with electrons, those of the core first; the electrons add up to the atomic number.</summary>
    public ImmutableArray<Subshell> Subshells { get; }

    /// <summary>Gets the numbers of s, p, d and f valence electrons; shape (4).</summary>
    public ImmutableArray<int> Valence { get; }

    /// <summary>Gets the free places in the s, p, d and f subshells that hold valence electrons; shape (4).</summary>
    public ImmutableArray<int> Unfilled { get; }

    /// <summary>Gets the number of valence electrons.</summary>
    public int ValenceElectrons => Valence.Sum();

    /// <summary>Gets the unpaired electrons by Hund's first rule: the spin moment of the free atom in Bohr magnetons.</summary>
    public int UnpairedElectrons { get; }

    /// <summary>Gets the configuration of an element.</summary>
    /// <param name="element">The element.</param>
    /// <returns>Its electrons in the ground state.</returns>
    public static ElectronConfiguration Of(Element element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return Configurations[element.AtomicNumber - 1];
    }

    /// <summary>Gets the configuration as text.</summary>
    /// <returns>For example <c>[Ar] 3d6 4s2</c>.</returns>
    public override string ToString() => Text;

    private static ImmutableArray<ElectronConfiguration> ReadAll(ElementTable table)
    {
        var configurations = ImmutableArray.CreateBuilder<ElectronConfiguration>(Element.Count);
        foreach (var element in Element.All)
        {
            var text = table.Configuration(element);
            var words = text.Split(' ');
            var hasCore = words[0][0] == '[';
            var core = hasCore ? configurations[Element.FromSymbol(words[0][1..^1]).AtomicNumber - 1].Subshells : [];
            configurations.Add(new(text, core, [.. words.Skip(hasCore ? 1 : 0).Select(Parse)]));
        }

        return configurations.MoveToImmutable();
    }

    private static Subshell Parse(string word) => new(
        word[0] - '0',
        Subshell.Letters.IndexOf(word[1], StringComparison.Ordinal),
        int.Parse(word.AsSpan(2), CultureInfo.InvariantCulture));
}
