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
        long atoms = 0, edges = 0;
        for (int i = 0; i < crystals.Count; i++)
        {
            PreparedCrystal crystal = crystals[i];
            if (crystal.FallbackReason is not null)
            {
                continue;
            }

            atoms += crystal.Atoms;
            edges += crystal.Edges;
            if (batch.Count > 0 && (atoms > options.MaxAtomsPerBatch || edges > options.MaxEdgesPerBatch))
            {
                yield return batch;
                batch = [];
                atoms = crystal.Atoms;
                edges = crystal.Edges;
            }

            batch.Add(i);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
