namespace Faithful.Cli.Tables;

/// <summary>The place of one number: a way to predict, measured on the held-back crystals of one task and split.</summary>
/// <param name="Split">The name of the split.</param>
/// <param name="Task">The name of the task.</param>
/// <param name="Model">The name of the model.</param>
/// <param name="Preset">The preset; null for what is not trained.</param>
internal sealed record TableCell(string Split, string Task, string Model, string? Preset)
{
    /// <summary>Gets a short text for messages and paths: <c>group/tqc/cgnn-best</c>.</summary>
    public string Name => $"{Split}/{Task}/{(Preset is null ? Model : $"{Model}-{Preset}")}";

    /// <summary>Gets the folder of the cell.</summary>
    /// <param name="root">The folder of the tables.</param>
    /// <returns>A path that need not exist.</returns>
    public string FolderIn(string root) => Path.Combine(root, Name);

    /// <summary>Gets the run folder of the cell.</summary>
    /// <param name="root">The folder of the tables.</param>
    /// <returns>A path that need not exist.</returns>
    public string RunIn(string root) => Path.Combine(FolderIn(root), "run");

    /// <summary>Gets the model folder of the cell.</summary>
    /// <param name="root">The folder of the tables.</param>
    /// <returns>A path that need not exist.</returns>
    public string ModelIn(string root) => Path.Combine(FolderIn(root), "model");
}
