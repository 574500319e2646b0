namespace Faithful.Cli.Output;

/// <summary>The form in which predictions are written.</summary>
internal enum PredictionFormat
{
    /// <summary>A table for people.</summary>
    Table,

    /// <summary>A row a crystal, with the probability of every class of every model.</summary>
    Csv,

    /// <summary>A JSON object a line, one for each crystal and model.</summary>
    Jsonl,

    /// <summary>One JSON array.</summary>
    Json,
}
