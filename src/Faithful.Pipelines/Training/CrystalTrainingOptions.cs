using Faithful.Datasets;

namespace Faithful.Pipelines;

/// <summary>What the trainers on crystals have in common: which columns they read, what the task is, and what chooses.</summary>
public sealed record CrystalTrainingOptions
{
    /// <summary>Gets the name of the label column: a key for a classification, Single for a regression. The default is <c>Label</c>.</summary>
    public string LabelColumnName { get; init; } = "Label";

    /// <summary>Gets the name of the text column that holds the crystals. The default is <c>Structure</c>.</summary>
    public string StructureColumnName { get; init; } = CrystalColumns.Structure;

    /// <summary>Gets the name of the text column that holds the identifiers; data without it may do. The default is <c>Id</c>.</summary>
    public string IdColumnName { get; init; } = CrystalColumns.Id;

    /// <summary>Gets the name of the task, which presets and the model card go by; null, the default, for the name of the label column.</summary>
    public string? Task { get; init; }

    /// <summary>Gets the unit of a regression, for the model card; null, the default, for that of the project's task of this name, if there is one.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// Gets whether the model may see what the symmetry finder found, which would give away the answer where the symmetry is what
    /// is asked for; null, the default, for what the project's task of this name says, and true where there is none.
    /// </summary>
    public bool? UsesSymmetry { get; init; }

    /// <summary>
    /// Gets the share of the rows that chooses the epoch or the number of trees where no other data do; crystals of one formula
    /// stay together. Range (0, 1); the default is 0.1.
    /// </summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>Gets the seed by which these rows are drawn. The default is 0.</summary>
    public int SplitSeed { get; init; }

    /// <summary>
    /// Gets what becomes of rows whose structure cannot be read: <see cref="BadStructure.Throw"/> ends the training; otherwise they
    /// are left out, and the log says how many. The default is <see cref="BadStructure.Drop"/>.
    /// </summary>
    public BadStructure OnBadStructure { get; init; } = BadStructure.Drop;

    /// <summary>Gets how the trained model scores.</summary>
    public CrystalScoringOptions Scoring { get; init; } = new();

    /// <summary>Gets who is told, in lines, what happens; null, the default, for nobody. It may hear from several threads.</summary>
    public IProgress<string>? Log { get; init; }

    /// <summary>Gets the name of the task.</summary>
    internal string TaskName => Task ?? LabelColumnName;

    /// <summary>Gets whether the model may see what the symmetry finder found.</summary>
    internal bool MayUseSymmetry => UsesSymmetry ?? Known?.UsesSymmetry ?? true;

    /// <summary>Gets the unit of the task.</summary>
    internal string? TaskUnit => Unit ?? Known?.Unit;

    private LearningTask? Known => LearningTaskTable.Standard.Tasks.FirstOrDefault(task => task.Name == TaskName);

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate() =>
    [
        .. string.IsNullOrEmpty(LabelColumnName) ? ["LabelColumnName must name a column, found none."] : (string[])[],
        .. Task is "" ? ["Task must be a name, found an empty one."] : (string[])[],
        .. ValidationFraction is > 0 and < 1 ? [] : (string[])[FormattableString.Invariant($"ValidationFraction must lie in (0, 1), found {ValidationFraction}.")],
        .. RowOptions.Faults(StructureColumnName, IdColumnName, OnBadStructure, CrystalTrainingData.Window),
        .. Scoring?.Validate() ?? ["Scoring must be given, found null."],
    ];
}
