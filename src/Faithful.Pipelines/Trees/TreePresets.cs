namespace Faithful.Pipelines;

/// <summary>The presets of trees: a set of descriptors each, and how trees are best grown on it.</summary>
public static class TreePresets
{
    /// <summary>Gets the names of the presets: the best that is known, and the baseline of Claussen et al. (2020), DOI 10.1103/PhysRevB.101.245117.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["best", "claussen"];

    /// <summary>Finds the options of a preset for a task.</summary>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">The task's name, for example <c>tqc</c>.</param>
    /// <param name="usesSymmetry">Whether a model of the task may see what the symmetry finder found.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">There is no such preset, or the task must not be given what it describes.</exception>
    public static CrystalTreesOptions Find(string preset, string task, bool usesSymmetry = true)
    {
        ArgumentNullException.ThrowIfNull(task);
        return preset switch
        {
            "claussen" when !usesSymmetry => throw new ArgumentException(
                $"the task {task} asks for the symmetry, which the preset claussen describes; expected the preset best"),
            "claussen" => new CrystalTreesOptions { Descriptors = "claussen" },
            "best" => Best(task) with { Descriptors = usesSymmetry ? "best" : "best-no-symmetry" },
            _ => throw new ArgumentException($"expected a preset of {string.Join(", ", Presets)}; found '{preset}'"),
        };
    }

    // Chosen on validation parts.
    private static CrystalTreesOptions Best(string task) => task switch
    {
        "formation-energy" or "band-gap" => new CrystalTreesOptions { NumberOfTrees = 2000, NumberOfLeaves = 60, LearningRate = 0.05, EntropyCoefficient = 0 },
        "space-group" or "point-group" => new CrystalTreesOptions { NumberOfTrees = 100 }, // for each of many classes
        _ => new CrystalTreesOptions(),
    };
}
