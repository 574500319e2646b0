using Faithful.Models;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>The shape that a trainer makes of an input's, before it has seen any data.</summary>
internal static class CrystalTrainerShape
{
    private static readonly string[] AnyClasses = ["", " "]; // a shape has neither sizes nor names

    /// <summary>Gets the shape.</summary>
    /// <param name="inputSchema">The shape of the input.</param>
    /// <param name="kind">What is trained.</param>
    /// <param name="options">The columns.</param>
    /// <returns>The shape of the output.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public static SchemaShape Of(SchemaShape inputSchema, TaskKind kind, CrystalTrainingOptions options)
    {
        new CrystalInputColumns(options.StructureColumnName, options.IdColumnName).Check(inputSchema);
        new TrainingLabels(options.LabelColumnName, kind).Check(inputSchema);
        var task = new ModelTask { Name = options.TaskName, Kind = kind, Classes = kind == TaskKind.Classification ? AnyClasses : [], UsesSymmetry = true };
        return SchemaShapes.With(inputSchema, CrystalScoreColumns.Of(task).Select(column => column.Detached));
    }
}
