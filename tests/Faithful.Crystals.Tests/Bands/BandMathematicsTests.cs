using Faithful.Crystals.Bands;

namespace Faithful.Crystals.Tests.Bands;

public sealed class BandMathematicsTests
{
    // Abramowitz and Stegun (1964), Table 7.1; erfc(3.5) from Table 7.3.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.5204998778)]
    [InlineData(1, 0.8427007929)]
    [InlineData(2, 0.9953222650)]
    [InlineData(3.5, 1 - 7.430983723e-7)]
    [InlineData(7, 1)]
    public void The_error_function_has_its_tabulated_values(double x, double expected) => Assert.Equal(expected, ErrorFunction.Evaluate(x), 5e-11);

    [Fact]
    public void The_error_function_is_smooth_where_its_formulas_meet()
    {
        const double Step = 1e-6;
        var slope = (ErrorFunction.Evaluate(3 + Step) - ErrorFunction.Evaluate(3 - Step)) / (2 * Step);
        Assert.Equal(2 / Math.Sqrt(Math.PI) * Math.Exp(-9), slope, 1e-9);
    }

    // g(x) = Mx + b in three dimensions: with the memory of three steps Anderson's mixing is exact.
    [Fact]
    public void Mixing_solves_a_linear_problem_in_as_many_steps_as_it_has_dimensions()
    {
        double[][] m = [[-1.5, 0.3, 0], [0.2, -0.8, 0.5], [0.1, 0.4, -2]];
        double[] b = [1, 2, 3];
        double[] Made(double[] x) => [.. m.Select((row, i) => row.Zip(x, (p, q) => p * q).Sum() + b[i])];
        var mixing = new AndersonMixing([1, 1, 1], 0.25);
        double[] guess = [0, 0, 0];
        for (var step = 0; step < 6; step++)
        {
            guess = mixing.Next(guess, [.. Made(guess).Zip(guess, (after, before) => after - before)]);
        }

        Assert.All(Made(guess).Zip(guess), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    // Far apart, Gaussian charges are points: Madelung's constant of rock salt is 1.747565, in nearest distances.
    [Fact]
    public void Charges_of_distant_ions_interact_as_points()
    {
        const double Constant = 80; // Å
        var rockSalt = new Crystal(
            Lattice.FromParameters(Constant / Math.Sqrt(2), Constant / Math.Sqrt(2), Constant / Math.Sqrt(2), 60, 60, 60),
            [Element.FromSymbol("Na"), Element.FromSymbol("Cl")],
            [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        var cell = BandCell.Find(rockSalt, new())!;
        var interaction = ChargeInteraction.Matrix(cell);
        var nearest = Constant / 2 / BandCell.Bohr;
        var (first, second) = (cell.Atoms[0].Hardness, cell.Atoms[1].Hardness);

        // The potential at an ion of charge 1 beside ions of charge −1: its own hardness and Madelung's sum.
        Assert.Equal(first - (1.7475645946 / nearest), interaction[0] - interaction[1], 1e-6 + Background(cell, 0, 1));
        Assert.Equal(second - (1.7475645946 / nearest), interaction[3] - interaction[2], 1e-6 + Background(cell, 1, 0));
    }

    // A Gaussian over a neutralising background is not a point over one: π (s₁₁² − s₁₂²)/V remains.
    private static double Background(BandCell cell, int atom, int other)
    {
        double Square(int index) => 2 / Math.PI / (cell.Atoms[index].Hardness * cell.Atoms[index].Hardness);
        var volume = cell.Crystal.Lattice.Volume / Math.Pow(BandCell.Bohr, 3);
        return Math.PI * Math.Abs((2 * Square(atom)) - Square(atom) - Square(other)) / volume * 1.01;
    }
}
