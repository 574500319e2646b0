using Faithful.Crystals.Symmetry;

namespace Faithful.Crystals.Descriptors;

/// <summary>For each point group the atoms of the primitive cell whose site has it, and their s, p, d and f valence electrons.</summary>
internal sealed class SiteSymmetryBlock() : DescriptorBlock(SpaceGroups.PointGroupSymbols.SelectMany(List))
{
    private const int ColumnsPerGroup = 5;

    /// <inheritdoc/>
    public override bool UsesSymmetry => true;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        Span<int> sums = stackalloc int[ColumnsPerGroup * SpaceGroups.PointGroupCount];
        sums.Clear();
        for (var atom = 0; atom < input.Crystal.Count; atom++)
        {
            if (input.Symmetry.SitePointGroups[atom] is > 0 and var group)
            {
                var valence = ElectronConfiguration.Of(input.Crystal.Species[atom]).Valence;
                var sum = sums.Slice(ColumnsPerGroup * (group - 1), ColumnsPerGroup);
                sum[0]++;
                for (var azimuthal = 0; azimuthal < valence.Length; azimuthal++)
                {
                    sum[1 + azimuthal] += valence[azimuthal];
                }
            }
        }

        double cells = input.PrimitiveCells;
        for (var index = 0; index < sums.Length; index++)
        {
            values[index] = (float)(sums[index] / cells);
        }
    }

    private static IEnumerable<DescriptorColumn> List(string group) =>
    [
        new($"site_{group}_atoms", "1", $"Atoms of the primitive cell on sites of symmetry {group}"),
        .. Subshell.Letters.Select(letter => new DescriptorColumn(
            $"site_{group}_{letter}_electrons", "1", $"{letter} valence electrons of the primitive cell on sites of symmetry {group}")),
    ];
}
