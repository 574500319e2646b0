namespace Faithful.Crystals.Descriptors;

/// <summary>Which valence electrons a composition has.</summary>
internal sealed class ElectronFractionBlock() : DescriptorBlock(
[
    new("electrons_per_atom", "1", "All electrons divided by the number of atoms"),
    new("valence_electrons_per_atom", "1", "Valence electrons divided by the number of atoms"),
    new("s_fraction", "1", "s electrons among the valence electrons"),
    new("p_fraction", "1", "p electrons among the valence electrons"),
    new("d_fraction", "1", "d electrons among the valence electrons"),
    new("f_fraction", "1", "f electrons among the valence electrons"),
])
{
    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        Span<int> valence = stackalloc int[Subshell.Letters.Length];
        valence.Clear();
        var (electrons, all) = (0, 0);
        for (var index = 0; index < input.Species.Length; index++)
        {
            var configuration = ElectronConfiguration.Of(input.Species[index]);
            electrons += input.Counts[index] * input.Species[index].AtomicNumber;
            for (var azimuthal = 0; azimuthal < valence.Length; azimuthal++)
            {
                valence[azimuthal] += input.Counts[index] * configuration.Valence[azimuthal];
                all += input.Counts[index] * configuration.Valence[azimuthal];
            }
        }

        values[0] = (float)((double)electrons / input.Crystal.Count);
        values[1] = (float)((double)all / input.Crystal.Count);
        for (var azimuthal = 0; azimuthal < valence.Length; azimuthal++)
        {
            values[2 + azimuthal] = (float)((double)valence[azimuthal] / all); // every element has a valence electron
        }
    }
}
