using System.Collections.Immutable;
using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>Which models answer together, and whether they can: all of one task.</summary>
internal sealed class ModelSet
{
    private ModelSet(ImmutableArray<string> folders, ImmutableArray<ModelCard> cards)
    {
        Folders = folders;
        Cards = cards;
        Places = [.. cards.Select(card => (int[])[.. Task.Classes.Select(name => card.Task.Classes.Index().First(known => known.Item == name).Index)])];
    }

    /// <summary>Gets the model folders.</summary>
    public ImmutableArray<string> Folders { get; }

    /// <summary>Gets their cards.</summary>
    public ImmutableArray<ModelCard> Cards { get; }

    /// <summary>Gets for each model the place of each class of <see cref="Task"/> among its own.</summary>
    public ImmutableArray<int[]> Places { get; }

    /// <summary>Gets the task, with the classes in the order of the first model.</summary>
    public ModelTask Task => Cards[0].Task;

    /// <summary>Reads the cards of models.</summary>
    /// <param name="folders">The model folders.</param>
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

        ImmutableArray<ModelCard> cards = [.. list.Select(ModelCard.Read)];
        for (int index = 1; index < cards.Length; index++)
        {
            if (Difference(cards[0].Task, cards[index].Task) is string difference)
            {
                throw new ArgumentException($"Expected models of one task, but {list[index]} {difference} than {list[0]}.", nameof(folders));
            }
        }

        return new ModelSet(list, cards);
    }

    private static string? Difference(ModelTask first, ModelTask other) =>
        other.Name != first.Name ? $"has another task ({other.Name})"
        : other.Kind != first.Kind ? "is another kind of task"
        : other.Unit != first.Unit ? "has another unit"
        : !other.Classes.Order(StringComparer.Ordinal).SequenceEqual(first.Classes.Order(StringComparer.Ordinal)) ? "has other classes"
        : null;
}
