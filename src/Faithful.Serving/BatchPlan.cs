using Faithful.Models;

namespace Faithful.Serving;

/// <summary>
/// Cuts a list of prepared crystals into batches. The order stays: batches are not padded, so sorting by size would gain nothing.
/// </summary>
internal static class BatchPlan
{
    /// <summary>Cuts by the budgets of atoms and edges.</summary>
    /// <param name="crystals">The crystals, fallbacks among them.</param>
    /// <param name="options">The budgets.</param>
    /// <returns>Lists of positions in <paramref name="crystals"/>; fallbacks occur in none.</returns>
    public static IEnumerable<IReadOnlyList<int>> Cut(IReadOnlyList<PreparedCrystal> crystals, ServingOptions options)
    {
        List<int> batch = [];
        long atoms = 0;
        int neighbors = 0;
        for (int i = 0; i < crystals.Count; i++)
        {
            PreparedCrystal crystal = crystals[i];
            if (crystal.FallbackReason is not null)
            {
                continue;
            }

            int most = MostNeighbors(crystal);
            atoms += crystal.Atoms;
            neighbors = Math.Max(neighbors, most);
            if (batch.Count > 0 && (atoms > options.MaxAtomsPerBatch || atoms * neighbors > options.MaxEdgesPerBatch))
            {
                yield return batch;
                batch = [];
                atoms = crystal.Atoms;
                neighbors = most;
            }

            batch.Add(i);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    /// <summary>The number of edges of the atom that has the most; edges are sorted by their target.</summary>
    private static int MostNeighbors(PreparedCrystal crystal)
    {
        int most = 0, run = 0;
        for (int edge = 0; edge < crystal.Edges; edge++)
        {
            run = edge > 0 && crystal.EdgeTarget[edge] == crystal.EdgeTarget[edge - 1] ? run + 1 : 1;
            most = Math.Max(most, run);
        }

        return most;
    }
}
