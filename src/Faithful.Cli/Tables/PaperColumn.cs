namespace Faithful.Cli.Tables;

/// <summary>The numbers that the paper has for one task.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Heading">What the numbers are.</param>
/// <param name="Numbers">The number of each model; mean absolute errors are in eV/atom.</param>
internal sealed record PaperColumn(string Task, string Heading, IReadOnlyList<(string Model, double Number)> Numbers)
{
    /// <summary>Finds the number of a model.</summary>
    /// <param name="model">The model's name.</param>
    /// <returns>The number, or null where the paper has none.</returns>
    public double? Find(string model)
    {
        foreach ((string name, double number) in Numbers)
        {
            if (name == model)
            {
                return number;
            }
        }

        return null;
    }
}
