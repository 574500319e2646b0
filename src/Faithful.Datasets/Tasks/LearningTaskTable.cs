using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>Tasks by name, read from a table: a JSON object with a list <c>tasks</c>. Immutable.</summary>
/// <remarks>
/// A task has <c>name</c>, <c>column</c>, <c>kind</c> (classification or regression), <c>classes</c> in the order of a model's
/// outputs, <c>labels</c> (the raw labels of each class, where they are not the classes), <c>unit</c>, <c>uses_symmetry</c>
/// (true unless the answer would be given away), <c>atomic_limit</c> (the class of crystals whose atoms are far apart), <c>description</c> and <c>source</c>. A column of labels that no task reads is a
/// task by itself.
/// </remarks>
public sealed class LearningTaskTable
{
    private const string ResourceName = "tasks.json";

    private static readonly JsonSerializerOptions SerializerOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private LearningTaskTable(ImmutableArray<LearningTask> tasks) => Tasks = tasks;

    /// <summary>Gets the tasks of the project.</summary>
    public static LearningTaskTable Standard { get; } = ReadStandard();

    /// <summary>Gets the tasks in the order of the table.</summary>
    public ImmutableArray<LearningTask> Tasks { get; }

    /// <summary>Reads a file of further tasks.</summary>
    /// <param name="path">The JSON file.</param>
    /// <returns>The tasks of the project and those of the file, which may not repeat a name.</returns>
    /// <exception cref="CrystalFormatException">The file cannot be read or is no table of tasks; the message names the line or the task.</exception>
    public static LearningTaskTable Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Parse(stream, path, Standard.Tasks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CrystalFormatException(path, 0, "a readable file of tasks", error.Message, error);
        }
    }

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <param name="task">The task, or null.</param>
    /// <returns>Whether there is a task of this name.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out LearningTask? task)
    {
        task = Tasks.FirstOrDefault(candidate => candidate.Name == name);
        return task is not null;
    }

    /// <summary>Finds a task by its name.</summary>
    /// <param name="name">The name, for example <c>point-group</c>; capital letters count.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">There is no task of this name; the message lists all of them.</exception>
    public LearningTask Find(string name) => TryFind(name, out var task)
        ? task
        : throw new ArgumentException($"\"{name}\" is not a task; the tasks are {string.Join(", ", Tasks.Select(known => known.Name))}.", nameof(name));

    /// <summary>Finds a task by its name or by its label column, or makes one of any other label column.</summary>
    /// <param name="nameOrColumn">The name of a task or of a label column.</param>
    /// <param name="rows">The rows that show what the column holds.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">It is neither a task nor a column that can make one.</exception>
    public LearningTask Resolve(string nameOrColumn, IEnumerable<LabelRow> rows) =>
        TryFind(nameOrColumn, out var task) ? task
        : Tasks.FirstOrDefault(known => known.LabelColumn == nameOrColumn) ?? LearningTask.FromColumn(nameOrColumn, rows);

    private static LearningTaskTable ReadStandard()
    {
        using var stream = typeof(LearningTaskTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly has no resource {ResourceName}.");
        return Parse(stream, ResourceName, []);
    }

    private static LearningTaskTable Parse(Stream stream, string source, ImmutableArray<LearningTask> before)
    {
        Dictionary<string, List<LearningTaskEntry>>? document;
        try
        {
            document = JsonSerializer.Deserialize<Dictionary<string, List<LearningTaskEntry>>>(stream, SerializerOptions);
        }
        catch (JsonException error)
        {
            throw new CrystalFormatException(
                source,
                error.LineNumber is long line ? (int)line + 1 : 0,
                "a table of tasks in JSON",
                error.Message.Split(" Path:")[0].TrimEnd('.'),
                error);
        }

        if (document is not { Count: 1 } || !document.TryGetValue("tasks", out var entries) || entries is null)
        {
            throw new CrystalFormatException(source, 0, "an object with one list \"tasks\"", document is null ? "null" : string.Join(", ", document.Keys));
        }

        var tasks = before.ToBuilder();
        foreach (var (index, entry) in entries.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"task {index + 1}{(entry is null ? "" : $" ({entry.Name})")}");
            if (entry is null)
            {
                throw new CrystalFormatException(source, 0, $"an object for {place}", "null");
            }

            if (tasks.Any(task => task.Name == entry.Name))
            {
                throw new CrystalFormatException(source, 0, "each task once", $"{place} again");
            }

            try
            {
                tasks.Add(entry.ToTask());
            }
            catch (ArgumentException error)
            {
                throw new CrystalFormatException(source, 0, $"a {place} that can be learned", error.Message, error);
            }
        }

        return new(tasks.ToImmutable());
    }
}
