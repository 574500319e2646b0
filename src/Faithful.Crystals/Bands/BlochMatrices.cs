using Faithful.Crystals.Neighbors;

namespace Faithful.Crystals.Bands;

/// <summary>
/// The Hamiltonian and the overlap of Bloch sums of atomic orbitals at momenta where they are real. Orbital blocks of a pair of atoms are
/// two-centre integrals along the bond, turned into the frame of the crystal (J. C. Slater and G. F. Koster, Phys. Rev. 94, 1498 (1954)).
/// </summary>
internal sealed class BlochMatrices
{
    private const int LargestBlock = 16; // orbitals of an atom: s, p, d and f
    private const int LargestChannels = 64;

    private readonly BandCell cell;
    private readonly int[] momenta;

    /// <summary>Initializes a new instance of the <see cref="BlochMatrices"/> class.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="momenta">The momenta (<see cref="InvariantMomenta"/>).</param>
    public BlochMatrices(BandCell cell, int[] momenta)
    {
        this.cell = cell;
        this.momenta = momenta;
        var size = cell.Orbitals * cell.Orbitals;
        Hamiltonians = [.. momenta.Select(_ => new double[size])];
        Overlaps = [.. momenta.Select(_ => new double[size])];
        AddAtoms();
        AddPairs();
        foreach (var matrix in Hamiltonians.Concat(Overlaps))
        {
            MakeSymmetric(matrix);
        }
    }

    /// <summary>Gets the Hamiltonian at each momentum, hartree; shape (momenta), (orbitals, orbitals).</summary>
    public double[][] Hamiltonians { get; }

    /// <summary>Gets the overlap at each momentum; shape (momenta), (orbitals, orbitals).</summary>
    public double[][] Overlaps { get; }

    private void AddAtoms()
    {
        for (var atom = 0; atom < cell.Atoms.Length; atom++)
        {
            var orbital = cell.FirstOrbital[atom];
            foreach (var shell in cell.Atoms[atom].Shells)
            {
                for (var last = orbital + (2 * shell.Azimuthal) + 1; orbital < last; orbital++)
                {
                    for (var k = 0; k < momenta.Length; k++)
                    {
                        Hamiltonians[k][orbital * (cell.Orbitals + 1)] = shell.Energy;
                        Overlaps[k][orbital * (cell.Orbitals + 1)] = 1;
                    }
                }
            }
        }
    }

    private void AddPairs()
    {
        var species = cell.Crystal.Species;
        var tables = new Dictionary<(int First, int Second), TwoCenterTable>();
        foreach (var first in species.Distinct())
        {
            foreach (var second in species.Distinct().Where(second => first.AtomicNumber <= second.AtomicNumber))
            {
                tables[(first.AtomicNumber, second.AtomicNumber)] = TwoCenterTable.Of(first, second);
            }
        }

        var pairs = NeighborSearch.Find(cell.Crystal, tables.Values.Max(table => table.Cutoff) * BandCell.Bohr);
        var frame = new double[9];
        var turns = new double[RealHarmonics.LargestAzimuthal + 1][];
        for (var l = 0; l < turns.Length; l++)
        {
            turns[l] = new double[((2 * l) + 1) * ((2 * l) + 1)];
        }

        var (overlap, hamiltonian) = (new double[LargestChannels], new double[LargestChannels]);
        var (overlapBlock, hamiltonianBlock) = (new double[LargestBlock * LargestBlock], new double[LargestBlock * LargestBlock]);
        for (var pair = 0; pair < pairs.Count; pair++)
        {
            // The edge goes from the moved source to the target; the bond from the target, in the cell, to the source.
            var (from, to) = (pairs.Target[pair], pairs.Source[pair]);
            if (species[from].AtomicNumber > species[to].AtomicNumber)
            {
                continue; // comes the other way round as well
            }

            var table = tables[(species[from].AtomicNumber, species[to].AtomicNumber)];
            var distance = pairs.Distances[pair] / BandCell.Bohr;
            if (distance >= table.Cutoff)
            {
                continue;
            }

            table.Evaluate(distance, overlap.AsSpan(0, table.Count), hamiltonian.AsSpan(0, table.Count));
            var image = pairs.Images.AsSpan(3 * pair, 3);
            var way = cell.Crystal.FractionalPositions[to] + new Vector3D(image[0], image[1], image[2]) - cell.Crystal.FractionalPositions[from];
            Frame(cell.Crystal.Lattice.ToCartesian(way) / pairs.Distances[pair], frame);
            var largest = Math.Max(cell.Atoms[from].Shells.Max(shell => shell.Azimuthal), cell.Atoms[to].Shells.Max(shell => shell.Azimuthal));
            for (var l = 0; l <= largest; l++)
            {
                RealHarmonics.Rotate(l, frame, turns[l]);
            }

            FillBlocks(cell.Atoms[from], cell.Atoms[to], turns, overlap, hamiltonian, overlapBlock, hamiltonianBlock);
            for (var k = 0; k < momenta.Length; k++)
            {
                var phase = InvariantMomenta.Phase(momenta[k], image[0], image[1], image[2]);
                Add(Overlaps[k], overlapBlock, from, to, phase);
                Add(Hamiltonians[k], hamiltonianBlock, from, to, phase);
            }
        }
    }

    private static void FillBlocks(
        BandAtom first, BandAtom second, double[][] turns, double[] overlap, double[] hamiltonian, double[] overlapBlock, double[] hamiltonianBlock)
    {
        var (rows, columns) = (first.Orbitals, second.Orbitals);
        overlapBlock.AsSpan(0, rows * columns).Clear();
        hamiltonianBlock.AsSpan(0, rows * columns).Clear();
        var (channel, row) = (0, 0);
        foreach (var shell in first.Shells)
        {
            var a = shell.Azimuthal;
            var column = 0;
            foreach (var other in second.Shells)
            {
                var b = other.Azimuthal;
                for (var m = 0; m <= Math.Min(a, b); m++, channel++)
                {
                    for (var place = m == 0 ? 0 : (2 * m) - 1; place <= 2 * m; place++)
                    {
                        for (var i = 0; i <= 2 * a; i++)
                        {
                            var left = turns[a][(i * ((2 * a) + 1)) + place];
                            var target = ((row + i) * columns) + column;
                            for (var j = 0; j <= 2 * b; j++)
                            {
                                var product = left * turns[b][(j * ((2 * b) + 1)) + place];
                                overlapBlock[target + j] += product * overlap[channel];
                                hamiltonianBlock[target + j] += product * hamiltonian[channel];
                            }
                        }
                    }
                }

                column += (2 * b) + 1;
            }

            row += (2 * a) + 1;
        }
    }

    private void Add(double[] matrix, double[] block, int from, int to, int phase)
    {
        var (first, second) = (cell.FirstOrbital[from], cell.FirstOrbital[to]);
        var (rows, columns) = (cell.Atoms[from].Orbitals, cell.Atoms[to].Orbitals);
        var isMirrored = cell.Crystal.Species[from] != cell.Crystal.Species[to]; // pairs of one element come in both directions
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var value = phase * block[(i * columns) + j];
                matrix[((first + i) * cell.Orbitals) + second + j] += value;
                if (isMirrored)
                {
                    matrix[((second + j) * cell.Orbitals) + first + i] += value;
                }
            }
        }
    }

    // Of two atoms of one element the integrals from either side differ in the fifth digit: relativity and confinement know the first atom only.
    private void MakeSymmetric(double[] matrix)
    {
        for (var row = 0; row < cell.Orbitals; row++)
        {
            for (var column = 0; column < row; column++)
            {
                ref var lower = ref matrix[(row * cell.Orbitals) + column];
                ref var upper = ref matrix[(column * cell.Orbitals) + row];
                lower = upper = (lower + upper) / 2;
            }
        }
    }

    // A right-handed frame whose third axis, the third column, is the bond.
    private static void Frame(Vector3D z, double[] frame)
    {
        var helper = Math.Abs(z.X) < 0.8 ? new Vector3D(1, 0, 0) : new Vector3D(0, 1, 0);
        var x = helper - (helper.Dot(z) * z);
        x /= x.Length;
        var y = z.Cross(x);
        (frame[0], frame[1], frame[2]) = (x.X, y.X, z.X);
        (frame[3], frame[4], frame[5]) = (x.Y, y.Y, z.Y);
        (frame[6], frame[7], frame[8]) = (x.Z, y.Z, z.Z);
    }
}
