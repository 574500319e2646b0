namespace Faithful.Cli.Evaluation;

/// <summary>Which rows of a data set a model is measured on.</summary>
internal enum DataPart
{
    /// <summary>The rows held back for the final measurement.</summary>
    Test,

    /// <summary>The rows that chose the epoch.</summary>
    Validation,

    /// <summary>The rows that the model was trained on.</summary>
    Train,

    /// <summary>Every row.</summary>
    All,
}
