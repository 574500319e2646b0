namespace Faithful.Cli.Tables;

/// <summary>How far the cells of the tables are worked on.</summary>
internal enum TablesStage
{
    /// <summary>Train what is not trained, and measure it.</summary>
    All,

    /// <summary>Train and export; what measures is left for a machine with ONNX Runtime.</summary>
    Train,

    /// <summary>Measure the models that are there.</summary>
    Evaluate,

    /// <summary>Write the tables of the results that are there.</summary>
    Report,
}
