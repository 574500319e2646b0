using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Cli.Output;

/// <summary>Takes predictions as they come, and writes them in one of the forms.</summary>
internal interface IPredictionOutput
{
    /// <summary>Adds a crystal.</summary>
    /// <param name="record">The crystal.</param>
    /// <param name="predictions">The prediction of each model.</param>
    void Add(CrystalRecord record, IReadOnlyList<Prediction> predictions);
}
