using Faithful.Crystals;
using Faithful.Crystals.Formats;
using Faithful.Testing;

namespace Faithful.Benchmarks;

/// <summary>The crystals that are measured with.</summary>
internal static class BenchmarkData
{
    /// <summary>Gets the folder of the project, or of a bundle: its launcher names it.</summary>
    public static string Root => Environment.GetEnvironmentVariable("FAITHFUL_ROOT") is { Length: > 0 } named ? named : TestData.RepositoryRoot;

    /// <summary>Gets the sample of the project, 2,000 generated crystals.</summary>
    public static string Sample => Path.Combine(Root, "datasets", "sample", "sample.jsonl");

    /// <summary>Reads some crystals of a source, evenly spread over it, always the same ones.</summary>
    /// <param name="path">The source.</param>
    /// <param name="count">How many.</param>
    /// <returns>The crystals in their order; all of them when there are fewer.</returns>
    public static CrystalRecord[] Spread(string path, int count)
    {
        CrystalRecord[] all = [.. Read(path)];
        return all.Length <= count ? all : [.. Enumerable.Range(0, count).Select(i => all[(int)((long)i * all.Length / count)])];
    }

    /// <summary>Reads the good crystals of a source.</summary>
    /// <param name="path">The source.</param>
    public static IEnumerable<CrystalRecord> Read(string path) => CrystalSource.Read(path).Where(result => result.IsSuccess).Select(result => result.Record!);

    /// <summary>Makes a crystal of a given number of atoms at the density of rock salt, every atom a little off its place.</summary>
    /// <param name="cells">Cubic cells of 8 atoms along each axis.</param>
    public static Crystal RockSalt(int cells)
    {
        var random = new RandomCrystals(7);
        (Element sodium, Element chlorine) = (Element.FromSymbol("Na"), Element.FromSymbol("Cl"));
        List<Element> species = [];
        List<Vector3D> positions = [];
        int steps = 2 * cells;
        for (int i = 0; i < steps * steps * steps; i++)
        {
            (int x, int y, int z) = (i / steps / steps, i / steps % steps, i % steps);
            species.Add((x + y + z) % 2 == 0 ? sodium : chlorine);
            positions.Add((new Vector3D(x, y, z) + random.Vector(-0.05, 0.05)) * (1.0 / steps));
        }

        return new Crystal(Lattice.Cubic(5.64 * cells), species, positions);
    }
}
