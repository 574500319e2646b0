using System.Collections.Immutable;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;

namespace Faithful.Pipelines;

/// <summary>Which models answer together, and whether they can: all of one task.</summary>
internal sealed class ModelSet
{
    private ModelSet(ImmutableArray<string> folders, ImmutableArray<ModelTask> tasks, ImmutableArray<ModelCard> cards)
    {
        Folders = folders;
        Cards = cards;
        Task = tasks[0];
        Mean = folders.Length > 1 ? EnsembleAnswers.Mean(Task, tasks, folders) : null;
    }

    /// <summary>Gets the folders of models and ensembles.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>Gets the cards of the models, those of the members of ensembles among them.</summary>
    public ImmutableArray<ModelCard> Cards { get; }

    /// <summary>Gets how the answers of several become one; null for one folder.</summary>
    public EnsembleAnswers? Mean { get; }

    /// <summary>Gets the task, with the classes in the order of the first model.</summary>
    public ModelTask Task { get; }

    /// <summary>Reads the cards of models.</summary>
    /// <param name="folders">The folders of models or ensembles.</param>
    /// <returns>The models.</returns>
    /// <exception cref="ArgumentException">There is none, or they are not of one task.</exception>
    /// <exception cref="ModelFolderException">A folder is not that of a model.</exception>
    public static ModelSet Read(IEnumerable<string> folders)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ImmutableArray<string> list = [.. folders];
        if (list.IsEmpty || list.Any(string.IsNullOrEmpty))
        {
            throw new ArgumentException("Expected at least one model folder, and a path for each.", nameof(folders));
        }

        var tasks = ImmutableArray.CreateBuilder<ModelTask>(list.Length);
        var cards = ImmutableArray.CreateBuilder<ModelCard>(list.Length);
        foreach (string folder in list)
        {
            if (EnsembleCard.IsIn(folder))
            {
                (EnsembleCard ensemble, IReadOnlyList<(string Folder, ModelCard Card)> members) = EnsembleFolder.Read(folder);
                tasks.Add(ensemble.Task);
                cards.AddRange(members.Select(member => member.Card));
            }
            else
            {
                cards.Add(ModelCard.Read(folder));
                tasks.Add(cards[^1].Task);
            }

            if (EnsembleFolder.Difference(tasks[0], tasks[^1]) is string difference)
            {
                throw new ArgumentException($"Expected models of one task, but {folder} {difference} than {list[0]}.", nameof(folders));
            }
        }

        return new ModelSet(list, tasks.ToImmutable(), cards.ToImmutable());
    }
}
