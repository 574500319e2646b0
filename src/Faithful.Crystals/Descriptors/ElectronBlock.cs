namespace Faithful.Crystals.Descriptors;

/// <summary>The atoms and electrons of the primitive cell.</summary>
/// <remarks>
/// Modulo 2, 4, 6, 8 and 12, because the number of bands that elementary band representations and symmetry-enforced crossings
/// allow comes in such multiples (B. Bradlyn et al., Nature 547, 298 (2017); H. Watanabe et al., PNAS 112, 14551 (2015)).
/// </remarks>
internal sealed class ElectronBlock : DescriptorBlock
{
    private static readonly int[] Moduli = [2, 4, 6, 8, 12];

    private readonly bool usesSymmetry;

    /// <summary>Initializes a new instance of the <see cref="ElectronBlock"/> class.</summary>
    /// <param name="usesSymmetry">Whether the primitive cell is the symmetry finder's or the one that translations alone give.</param>
    public ElectronBlock(bool usesSymmetry)
        : base(usesSymmetry ? List("primitive", "primitive cell") : List("translation", "smallest cell that translations alone give"))
        => this.usesSymmetry = usesSymmetry;

    /// <inheritdoc/>
    public override bool UsesSymmetry => usesSymmetry;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        double cells = usesSymmetry ? input.PrimitiveCells : input.TranslationCell.Cells;
        var (electrons, divisor) = (0, 0);
        Span<int> valence = stackalloc int[Subshell.Letters.Length];
        valence.Clear();
        for (var index = 0; index < input.Species.Length; index++)
        {
            var (element, count) = (input.Species[index], input.Counts[index]);
            electrons += count * element.AtomicNumber;
            divisor = WholeNumber.GreatestCommonDivisor(count, divisor);
            var configuration = ElectronConfiguration.Of(element);
            for (var azimuthal = 0; azimuthal < valence.Length; azimuthal++)
            {
                valence[azimuthal] += count * configuration.Valence[azimuthal];
            }
        }

        var all = 0;
        foreach (var number in valence)
        {
            all += number;
        }

        values[0] = (float)(input.Crystal.Count / cells);
        values[1] = (float)(divisor / cells);
        values[2] = (float)(electrons / cells);
        values[3] = (float)(all / cells);
        for (var azimuthal = 0; azimuthal < valence.Length; azimuthal++)
        {
            values[4 + azimuthal] = (float)(valence[azimuthal] / cells);
        }

        for (var index = 0; index < Moduli.Length; index++)
        {
            values[8 + (2 * index)] = (float)(electrons / cells % Moduli[index]);
            values[9 + (2 * index)] = (float)(all / cells % Moduli[index]);
        }
    }

    private static IEnumerable<DescriptorColumn> List(string word, string cell)
    {
        yield return new($"{word}_atoms", "1", $"Atoms in the {cell}");
        yield return new($"{word}_formula_units", "1", $"Formula units in the {cell}");
        yield return new($"{word}_electrons", "1", $"All electrons in the {cell}");
        yield return new($"{word}_valence_electrons", "1", $"Valence electrons in the {cell}");
        foreach (var letter in Subshell.Letters)
        {
            yield return new($"{word}_{letter}_electrons", "1", $"{letter} valence electrons in the {cell}");
        }

        foreach (var modulus in Moduli)
        {
            yield return new($"{word}_electrons_modulo_{modulus}", "1", $"All electrons in the {cell}, modulo {modulus}");
            yield return new($"{word}_valence_electrons_modulo_{modulus}", "1", $"Valence electrons in the {cell}, modulo {modulus}");
        }
    }
}
