using Faithful.Models;

namespace Faithful.Networks.Training;

/// <summary>
/// Some tasks ask for what the symmetry finder would tell: their networks must get nothing that went through it, neither as an
/// input nor as a standardised cell.
/// </summary>
public static class SymmetryRule
{
    private static readonly ModelInput[] FromTheFinder = [ModelInput.SpaceGroups, ModelInput.SiteSymmetries];

    /// <summary>Checks what a network reads.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">It reads what its task must not see.</exception>
    public static void Check(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ModelTask task = network.Specification.Task;
        if (!task.UsesSymmetry && network.Inputs.FirstOrDefault(FromTheFinder.Contains) is ModelInput input)
        {
            throw new ArgumentException(
                $"the task {task.Name} asks for the symmetry: expected a network without inputs of the symmetry finder, found {network.Name} with {input.Name}");
        }
    }

    /// <summary>Checks how crystals are prepared.</summary>
    /// <param name="task">The task.</param>
    /// <param name="preparation">How its crystals are prepared.</param>
    /// <exception cref="ArgumentException">The symmetry finder is to run, and the task must not see what it finds.</exception>
    public static void Check(ModelTask task, PreparationOptions preparation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(preparation);
        if (!task.UsesSymmetry && preparation.UsesSymmetry)
        {
            throw new ArgumentException(
                $"the task {task.Name} asks for the symmetry: expected crystals prepared without the symmetry finder, found uses_symmetry");
        }
    }
}
