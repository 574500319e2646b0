namespace Faithful.Networks.Training;

/// <summary>A crystal alone is more than a batch may hold.</summary>
public sealed class BatchBudgetException : Exception
{
    /// <summary>Initialises the exception.</summary>
    /// <param name="id">The crystal's id.</param>
    /// <param name="atoms">Its atoms.</param>
    /// <param name="edges">Its directed edges.</param>
    /// <param name="options">The training options that it does not fit.</param>
    public BatchBudgetException(string id, int atoms, int edges, TrainingOptions options)
        : base(Describe(id, atoms, edges, options)) => (Id, Atoms, Edges) = (id, atoms, edges);

    /// <summary>Gets the crystal's id.</summary>
    public string Id { get; }

    /// <summary>Gets the crystal's atoms.</summary>
    public int Atoms { get; }

    /// <summary>Gets the crystal's directed edges.</summary>
    public int Edges { get; }

    private static string Describe(string id, int atoms, int edges, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        static string Words(int budget, string what) => budget == 0 ? $"any number of {what}" : $"{budget} {what}";
        return FormattableString.Invariant(
            $"{id}: expected a crystal within the budget of a batch, {Words(options.AtomBudget, "atoms")} and {Words(options.EdgeBudget, "edges")}; found {atoms} atoms and {edges} edges");
    }
}
