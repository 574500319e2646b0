using Faithful.Serving;

namespace Faithful.Service;

/// <summary>The served models by name. A name is looked up among these and never becomes a path.</summary>
internal sealed class ModelCatalog
{
    private readonly Dictionary<string, ServedPredictor> _byName = new(StringComparer.Ordinal);

    /// <summary>Initialises the catalogue.</summary>
    /// <param name="predictors">The predictors.</param>
    /// <exception cref="ArgumentException">There is none, or two have folders of one name.</exception>
    public ModelCatalog(IEnumerable<CrystalPredictor> predictors)
    {
        foreach (CrystalPredictor predictor in predictors)
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(predictor.Folder)));
            var served = new ServedPredictor(name, predictor);
            if (!_byName.TryAdd(name, served))
            {
                throw new ArgumentException($"expected models in folders of different names, found two called '{name}'", nameof(predictors));
            }

            All.Add(served);
        }

        if (All.Count == 0)
        {
            throw new ArgumentException("expected at least one model, found none", nameof(predictors));
        }
    }

    /// <summary>Gets the models in their order.</summary>
    public List<ServedPredictor> All { get; } = [];

    /// <summary>Finds a model.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The model, or null.</returns>
    public ServedPredictor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names each model once, those that are only members of ensembles among them.</summary>
    /// <returns>The models with the names that metrics have for them, all different: that of the folder, or its path where another has that name.</returns>
    public IReadOnlyList<(string Name, ServedModel Model)> Names()
    {
        Dictionary<ServedModel, string> names = All.Where(served => !served.IsEnsemble).ToDictionary(served => served.Models[0], served => served.Name);
        HashSet<string> taken = [.. _byName.Keys];
        foreach (ServedModel member in All.SelectMany(served => served.Models).Where(member => !names.ContainsKey(member)).Distinct().ToArray())
        {
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(member.Folder));
            names.Add(member, taken.Add(name) ? name : member.Folder);
        }

        return [.. names.Select(pair => (pair.Value, pair.Key))];
    }
}
