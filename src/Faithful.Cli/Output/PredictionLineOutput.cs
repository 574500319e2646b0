using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>Writes predictions as lines on standard output.</summary>
internal sealed class PredictionLineOutput : IPredictionOutput
{
    private readonly TextWriter _output;
    private readonly PredictionLines _lines;

    /// <summary>Writes the names of columns, where there are any.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="lines">The form of the lines.</param>
    public PredictionLineOutput(TextWriter output, PredictionLines lines)
    {
        (_output, _lines) = (output, lines);
        if (lines.Header is string header)
        {
            output.Write($"{header}\n");
        }
    }

    /// <inheritdoc/>
    public void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions) => _lines.Write(_output, record, predictions);
}
