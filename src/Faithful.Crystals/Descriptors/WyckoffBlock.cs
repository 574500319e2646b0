namespace Faithful.Crystals.Descriptors;

/// <summary>
/// For each Wyckoff letter the atoms of the primitive cell on it and their valence electrons, in the description of the crystal
/// that <see cref="WyckoffExchanges"/> picks.
/// </summary>
internal sealed class WyckoffBlock() : DescriptorBlock(
[
    new("wyckoff_letters", "1", "Number of different Wyckoff positions that atoms occupy"),
    .. WyckoffExchanges.Letters.SelectMany(letter => new[]
    {
        new DescriptorColumn($"wyckoff_{letter}_atoms", "1", $"Atoms of the primitive cell on the Wyckoff position {letter}"),
        new DescriptorColumn($"wyckoff_{letter}_electrons", "1", $"Valence electrons of the primitive cell on the Wyckoff position {letter}"),
    }),
])
{
    /// <inheritdoc/>
    public override bool UsesSymmetry => true;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        var count = WyckoffExchanges.Letters.Length;
        Span<(int Electrons, int Atoms)> positions = stackalloc (int, int)[count];
        positions.Clear();
        var letters = input.Symmetry.WyckoffLettersOfSomeSetting;
        for (var atom = 0; atom < input.Crystal.Count; atom++)
        {
            ref var position = ref positions[WyckoffExchanges.Letters.IndexOf(letters[atom], StringComparison.Ordinal)];
            position.Atoms++;
            position.Electrons += ElectronConfiguration.Of(input.Crystal.Species[atom]).ValenceElectrons;
        }

        WyckoffExchanges.MakeUnique(input.Symmetry.SpaceGroupNumber, positions);
        double cells = input.PrimitiveCells;
        var occupied = 0;
        for (var index = 0; index < count; index++)
        {
            occupied += positions[index].Atoms > 0 ? 1 : 0;
            values[1 + (2 * index)] = (float)(positions[index].Atoms / cells);
            values[2 + (2 * index)] = (float)(positions[index].Electrons / cells);
        }

        values[0] = occupied;
    }
}
