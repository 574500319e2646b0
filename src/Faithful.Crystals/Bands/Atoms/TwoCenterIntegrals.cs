namespace Faithful.Crystals.Bands;

/// <summary>The overlap and Hamiltonian integrals between the orbitals of two atoms at a distance, in the superposition of their densities.</summary>
/// <remarks>
/// D. Porezag et al., Phys. Rev. B 51, 12947 (1995): two-centre integrals only, with the potential of both atoms. The quadrature has
/// points about both atoms with the partition of space of A. D. Becke, J. Chem. Phys. 88, 2547 (1988).
/// As the orbitals of the first atom solve its own confined equation, only the rest of the potential needs the quadrature.
/// Not for concurrent use.
/// </remarks>
internal sealed class TwoCenterIntegrals
{
    private const int Angles = 20;
    private const int Points = RadialPoints * Angles;
    private const int RadialPoints = 44;
    private const double LargestRadius = 18; // bohr

    private static readonly (double[] Nodes, double[] Weights) RadialRule = GaussLegendre.Rule(RadialPoints);
    private static readonly (double[] Nodes, double[] Weights) AngularRule = GaussLegendre.Rule(Angles);

    private readonly (BandAtom Atom, double[] Orbitals)[] centers;
    private readonly (int First, int Second, double Energy)[] channels;
    private readonly double[] otherOrbitals;
    private readonly double[] weights = new double[Points];
    private readonly double[] potentials = new double[Points];

    /// <summary>Initializes a new instance of the <see cref="TwoCenterIntegrals"/> class.</summary>
    /// <param name="first">The atom at the origin.</param>
    /// <param name="second">The atom on the positive axis.</param>
    public TwoCenterIntegrals(BandAtom first, BandAtom second)
    {
        centers = [(first, OwnOrbitals(first)), (second, OwnOrbitals(second))];
        channels = [.. Channels(first, second)];
        otherOrbitals = new double[Math.Max(centers[0].Orbitals.Length, centers[1].Orbitals.Length)];
    }

    /// <summary>Gets the number of channels: for each shell of the first atom, for each of the second, m = 0 to the smaller l.</summary>
    public int Count => channels.Length;

    /// <summary>Integrates.</summary>
    /// <param name="distance">The distance between the atoms in bohr, positive.</param>
    /// <param name="overlap">The overlap of each channel; shape (Count).</param>
    /// <param name="hamiltonian">The Hamiltonian of each channel in hartree; shape (Count).</param>
    public void Evaluate(double distance, Span<double> overlap, Span<double> hamiltonian)
    {
        overlap.Clear();
        hamiltonian.Clear();
        for (var center = 0; center < 2; center++)
        {
            Prepare(center, distance);
            var first = center == 0 ? centers[0].Orbitals : otherOrbitals;
            var second = center == 1 ? centers[1].Orbitals : otherOrbitals;
            for (var channel = 0; channel < channels.Length; channel++)
            {
                var left = first.AsSpan(channels[channel].First * Points, Points);
                var right = second.AsSpan(channels[channel].Second * Points, Points);
                var (sum, product) = (0.0, 0.0);
                for (var point = 0; point < Points; point++)
                {
                    var density = left[point] * right[point] * weights[point];
                    sum += density;
                    product += density * potentials[point];
                }

                overlap[channel] += sum;
                hamiltonian[channel] += product + (channels[channel].Energy * sum);
            }
        }
    }

    // Many points close to the nucleus: r = 16.2 q³ + 1.8 q for q in (0, 1).
    private static double Radius(int index)
    {
        var q = (RadialRule.Nodes[index] + 1) / 2;
        return LargestRadius * q * ((0.9 * q * q) + 0.1);
    }

    private static double VolumeWeight(int index)
    {
        var q = (RadialRule.Nodes[index] + 1) / 2;
        var radius = Radius(index);
        return RadialRule.Weights[index] / 2 * LargestRadius * ((2.7 * q * q) + 0.1) * radius * radius;
    }

    private static double Interpolate(double[] samples, (int Index, double Share) place) => place.Index < 0
        ? 0
        : (samples[place.Index] * (1 - place.Share)) + (samples[place.Index + 1] * place.Share);

    private static double[] OwnOrbitals(BandAtom atom)
    {
        var values = new double[atom.Shells.Sum(shell => shell.Azimuthal + 1) * Points];
        for (var point = 0; point < Points; point++)
        {
            FillOrbitals(atom, values, point, Radius(point / Angles), AngularRule.Nodes[point % Angles]);
        }

        return values;
    }

    private static (int Index, double Share) FillOrbitals(BandAtom atom, double[] values, int point, double radius, double cosine)
    {
        var place = LogarithmicGrid.Locate(radius);
        var row = 0;
        foreach (var shell in atom.Shells)
        {
            var radial = Interpolate(shell.Radial, place);
            for (var magnetic = 0; magnetic <= shell.Azimuthal; magnetic++)
            {
                values[(row * Points) + point] = radial * PolarFunction.Evaluate(shell.Azimuthal, magnetic, cosine);
                row++;
            }
        }

        return place;
    }

    private static IEnumerable<(int First, int Second, double Energy)> Channels(BandAtom first, BandAtom second)
    {
        var row = 0;
        foreach (var left in first.Shells)
        {
            var column = 0;
            foreach (var right in second.Shells)
            {
                for (var magnetic = 0; magnetic <= Math.Min(left.Azimuthal, right.Azimuthal); magnetic++)
                {
                    yield return (row + magnetic, column + magnetic, left.ConfinedEnergy);
                }

                column += right.Azimuthal + 1;
            }

            row += left.Azimuthal + 1;
        }
    }

    // Weights and potentials at the points about a center, and the orbitals of the other one there.
    private void Prepare(int center, double distance)
    {
        var (first, second) = (centers[0].Atom, centers[1].Atom);
        var other = centers[1 - center].Atom;
        var shift = center == 0 ? -distance : distance;
        for (var ring = 0; ring < RadialPoints; ring++)
        {
            var radius = Radius(ring);
            var ownPlace = LogarithmicGrid.Locate(radius);
            var volume = VolumeWeight(ring);
            for (var angle = 0; angle < Angles; angle++)
            {
                var point = (ring * Angles) + angle;
                var cosine = AngularRule.Nodes[angle];
                var height = (radius * cosine) + shift;
                var otherRadius = Math.Sqrt(Math.Max((radius * radius * (1 - (cosine * cosine))) + (height * height), 1e-12));
                var otherPlace = FillOrbitals(other, otherOrbitals, point, otherRadius, Math.Clamp(height / otherRadius, -1, 1));

                weights[point] = volume * AngularRule.Weights[angle] * Partition((radius - otherRadius) / distance);
                potentials[point] = center == 0
                    ? Potential(first, second, radius, ownPlace, otherRadius, otherPlace)
                    : Potential(first, second, otherRadius, otherPlace, radius, ownPlace);
            }
        }
    }

    // Becke's share of a center: 1 at that center, 0 at the other, with three of his polynomials between.
    private static double Partition(double difference)
    {
        var mu = Math.Clamp(difference, -1, 1);
        for (var step = 0; step < 3; step++)
        {
            mu = (1.5 * mu) - (0.5 * mu * mu * mu);
        }

        return (1 - mu) / 2;
    }

    // What the potential of both atoms has besides that of the first atom when it is alone and confined.
    private static double Potential(
        BandAtom first,
        BandAtom second,
        double firstRadius,
        (int Index, double Share) firstPlace,
        double secondRadius,
        (int Index, double Share) secondPlace)
    {
        var density = Interpolate(first.Density, firstPlace);
        var added = Interpolate(second.Density, secondPlace);
        var confinement = firstRadius / first.ConfinementRadius;
        return (Interpolate(second.Potential, secondPlace) / secondRadius)
            + LocalDensity.Potential(density + added)
            - LocalDensity.Potential(density)
            - (confinement * confinement);
    }
}
