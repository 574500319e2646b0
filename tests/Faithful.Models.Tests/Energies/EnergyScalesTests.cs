using Faithful.Crystals;
using Faithful.Models.Energies;

namespace Faithful.Models.Tests.Energies;

/// <summary>Total energies on planted scales, formation energies from planted pairs of elements.</summary>
public sealed class EnergyScalesTests
{
    private static readonly Element[] Elements = [.. new[] { "Li", "O", "Na", "Mg", "Al", "S", "Fe", "Cu", "Zn", "Pt" }.Select(Element.FromSymbol)];

    private readonly double[] _pairs;
    private readonly double[][] _references;
    private readonly double[] _inOxides;
    private readonly (EnergyRow Row, int Scale)[] _crystals;

    public EnergyScalesTests()
    {
        var random = new Random(7);
        _pairs = [.. Enumerable.Range(0, Elements.Length * Elements.Length).Select(_ => -4 * random.NextDouble())];
        _references = [[.. Elements.Select(_ => -2 - (6 * random.NextDouble()))], [.. Elements.Select(_ => -10 - (60 * random.NextDouble()))]];
        _inOxides = [.. Elements.Select(_ => random.NextDouble() - 0.5)];
        _crystals = [.. Enumerable.Range(0, 1500).Select(_ => Crystal(random))];
    }

    [Fact]
    public void Planted_scales_are_found_and_energies_are_told_on_the_right_one()
    {
        EnergyScales scales = EnergyScales.Fit([.. _crystals.Take(1200).Select(crystal => crystal.Row)]);
        Assert.Equal(2, scales.Scales.Length);
        Assert.InRange(scales.Scales[0].Crystals, scales.Scales[1].Crystals, 1200);

        // One crystal in four is on the second scale, which has fewer crystals and is therefore the second.
        (EnergyRow Row, int Scale)[] others = [.. _crystals.Skip(1200)];
        Assert.Contains(others, crystal => crystal.Scale == 1);
        int right = others.Count(crystal =>
            scales.Estimate(crystal.Row with { FormationEnergy = null }) is EnergyEstimate estimate
            && estimate.Scale == crystal.Scale
            && Math.Abs(estimate.FormationEnergy - crystal.Row.FormationEnergy!.Value) < 0.1); // the penalty moves references of rare elements a little
        Assert.InRange(right, 0.97 * others.Length, others.Length);
        Assert.All(others, crystal => Assert.Equal(
            crystal.Row.Composition.Sum(part => part.Share * (_references[1][Index(part.Element)] - _references[0][Index(part.Element)])),
            scales.Scales[1].Reference(crystal.Row) - scales.Scales[0].Reference(crystal.Row),
            0.5));
    }

    [Fact]
    public void A_crystals_own_formation_energy_is_not_looked_at_when_one_is_told()
    {
        EnergyScales scales = EnergyScales.Fit([.. _crystals.Select(crystal => crystal.Row)]);
        Assert.All(_crystals.Take(50), crystal =>
            Assert.Equal(scales.Estimate(crystal.Row), scales.Estimate(crystal.Row with { FormationEnergy = 17 })));
    }

    [Fact]
    public void The_order_of_the_crystals_and_those_without_a_formation_energy_do_not_matter()
    {
        EnergyRow[] rows = [.. _crystals.Select(crystal => crystal.Row)];
        EnergyScales first = EnergyScales.Fit(rows);
        EnergyScales second = EnergyScales.Fit([.. rows.Take(80).Select(row => row with { FormationEnergy = null, TotalEnergy = 5 }), .. rows.Reverse()]);
        Assert.Equal(first.Scales.Select(scale => scale.Crystals), second.Scales.Select(scale => scale.Crystals));
        Assert.All(rows.Take(100), row =>
        {
            EnergyEstimate? told = first.Estimate(row), again = second.Estimate(row);
            Assert.Equal(told?.Scale, again?.Scale);
            Assert.Equal(told?.FormationEnergy ?? 0, again?.FormationEnergy ?? 0, 1e-6);
        });
    }

    [Fact]
    public void A_shifted_element_shifts_its_reference_and_no_formation_energy()
    {
        EnergyRow[] rows = [.. _crystals.Select(crystal => crystal.Row)];
        Element iron = Element.FromSymbol("Fe");
        EnergyRow[] shifted = [.. rows.Select(row => row with { TotalEnergy = row.TotalEnergy - (3 * row.Composition.Where(part => part.Element == iron).Sum(part => part.Share)) })];
        EnergyScales plain = EnergyScales.Fit(rows), other = EnergyScales.Fit(shifted);
        Assert.All(rows.Zip(shifted).Take(200), pair => Assert.Equal(
            plain.Scales[0].Reference(pair.First) - (pair.First.TotalEnergy - pair.Second.TotalEnergy), other.Scales[0].Reference(pair.Second), 0.03));
        Assert.All(rows.Zip(shifted).Take(200), pair =>
            Assert.Equal(plain.Estimate(pair.First)?.FormationEnergy ?? 0, other.Estimate(pair.Second)?.FormationEnergy ?? 0, 0.03));
    }

    /// <summary>No crystal of one element has a formation energy, and none is told it by what a model expects.</summary>
    [Fact]
    public void The_lowest_phase_of_an_element_is_its_zero_on_each_scale()
    {
        Element[] metals = [.. Elements.Where(element => element.Symbol is not "O" and not "S")];
        EnergyRow[] phases = [.. metals.SelectMany(element => new[] { 0.0, 0.3, 0.7 }.SelectMany(energy => new[] { 0, 1 }.Select(scale => Phase(element, energy, scale))))];
        EnergyScales scales = EnergyScales.Fit([.. _crystals.Select(crystal => crystal.Row), .. phases]);
        Assert.All(metals, element => Assert.All(new[] { 0, 1 }, scale =>
        {
            double lowest = scales.Scales[scale].FormationEnergy(Phase(element, 0, scale));
            Assert.InRange(lowest, -0.2, 0.2);
            double further = scales.Scales[scale].FormationEnergy(Phase(element, 0.45, scale));
            Assert.Equal(0.45, further - lowest, 1e-9);
        }));
        int right = phases.Count(phase => scales.Estimate(phase with { Expected = 0.4 }) is EnergyEstimate told && Math.Abs(told.FormationEnergy - AboveLowest(phase)) < 1e-9);
        Assert.InRange(right, 0.8 * phases.Length, phases.Length); // where compounds put the zero farther off, the element keeps that
        Assert.All(phases, phase => Assert.Equal(scales.Estimate(phase), scales.Estimate(phase with { Expected = -3 })));
        Assert.All(metals, element => Assert.Null(scales.Estimate(Phase(element, -0.5, 0)))); // no phase is below the reference phase

        double AboveLowest(EnergyRow phase) => phase.TotalEnergy - phases
            .Where(other => other.Element == phase.Element && Math.Abs(other.TotalEnergy - phase.TotalEnergy) < 1).Min(other => other.TotalEnergy);

        EnergyRow Phase(Element element, double energy, int scale) => EnergyRow.Of([element], _references[scale][Index(element)] + energy, null);
    }

    [Fact]
    public void An_energy_that_is_on_no_scale_and_an_element_that_none_knows_tell_nothing()
    {
        EnergyScales scales = EnergyScales.Fit([.. _crystals.Select(crystal => crystal.Row)]);
        Assert.NotNull(scales.Estimate(_crystals[0].Row));
        Assert.Null(scales.Estimate(_crystals[0].Row with { TotalEnergy = 1000 }));
        Assert.Null(scales.Estimate(EnergyRow.Of([Element.FromSymbol("Kr")], 0, null)));
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(5, 0.5)]
    [InlineData(2, 0)]
    public void Numbers_out_of_range_are_refused(int count, double tolerance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnergyScales.Fit([.. _crystals.Select(crystal => crystal.Row)], count, tolerance));

    [Fact]
    public void Too_few_crystals_and_energies_that_are_no_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => EnergyScales.Fit([.. _crystals.Take(3).Select(crystal => crystal.Row)]));
        Assert.Throws<ArgumentException>(() => EnergyScales.Fit([.. _crystals.Select(crystal => crystal.Row with { FormationEnergy = null })]));
        Assert.Throws<ArgumentException>(() => EnergyRow.Of([], 1, null));
        Assert.Throws<ArgumentException>(() => EnergyRow.Of([Elements[0]], double.NaN, null));
        Assert.Throws<ArgumentException>(() => EnergyRow.Of([Elements[0]], 1, double.PositiveInfinity));
    }

    private static int Index(Element element) => Array.IndexOf(Elements, element);

    private (EnergyRow Row, int Scale) Crystal(Random random)
    {
        int[] kinds = [.. Enumerable.Range(0, Elements.Length).OrderBy(_ => random.Next()).Take(2 + random.Next(2))];
        Element[] species = [.. kinds.SelectMany(kind => Enumerable.Repeat(Elements[kind], 1 + random.Next(4)))];
        EnergyRow row = EnergyRow.Of([.. species], 0, 0);
        double formation = 0, total = 0;
        int scale = random.Next(4) == 0 ? 1 : 0;
        foreach ((Element element, double share) in row.Composition)
        {
            int index = Index(element);
            total += share * (_references[scale][index] + (row.HoldsOxygen ? _inOxides[index] : 0));
            foreach ((Element other, double otherShare) in row.Composition)
            {
                int second = Index(other);
                formation += index < second ? share * otherShare * _pairs[(index * Elements.Length) + second] : 0;
            }
        }

        formation += 0.005 * (random.NextDouble() - 0.5);
        return (row with { FormationEnergy = formation, TotalEnergy = total + formation }, scale);
    }
}
