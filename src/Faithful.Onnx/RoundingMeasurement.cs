using Faithful.Crystals;
using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using Faithful.Networks.Training;
using TorchSharp;

namespace Faithful.Onnx;

/// <summary>Measures what storing parameters rounded costs.</summary>
public static class RoundingMeasurement
{
    private const int BatchSize = 25;

    /// <summary>Runs a network with its parameters as trained, and rounded.</summary>
    /// <param name="network">The network.</param>
    /// <param name="values">Its flat parameter values, as trained.</param>
    /// <param name="format">The format that they are rounded to.</param>
    /// <param name="crystals">The crystals; those that the network cannot take do not count.</param>
    /// <param name="merge">The classes whose probabilities the file adds up; null for none.</param>
    /// <returns>The differences of probabilities, or of values in the task's unit.</returns>
    /// <exception cref="WeightRangeException">A parameter does not fit the format.</exception>
    /// <exception cref="ArgumentException">The network can take none of the crystals.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">The network uses symmetry and spglib is not installed.</exception>
    public static RoundingError Measure(Network network, float[] values, WeightFormat format, IEnumerable<Crystal> crystals, ClassMerge? merge = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(crystals);
        using var trained = new NetworkState(network.Layout, values, torch.CPU);
        using var rounded = new NetworkState(network.Layout, WeightRounding.Round(network.Layout, values, format), torch.CPU);
        List<double> differences = [];
        foreach (PreparedCrystal[] batch in crystals.Select(crystal => CrystalPreparation.Prepare(crystal, network.Preparation))
            .Where(crystal => crystal.FallbackReason is null).Chunk(BatchSize))
        {
            CrystalBatch arrays = CrystalBatch.Pack(batch);
            differences.AddRange(Answers(network, trained, arrays, merge).Zip(Answers(network, rounded, arrays, merge), Largest));
        }

        return differences.Count == 0
            ? throw new ArgumentException("expected a crystal that the network can take, found none", nameof(crystals))
            : new RoundingError(differences.Count, Significant(differences.Average()), Significant(differences.Max()));
    }

    private static IEnumerable<double[]> Answers(Network network, NetworkState state, CrystalBatch batch, ClassMerge? merge)
    {
        ModelTask task = network.Specification.Task;
        return Trainer.Predict(network, state, batch).Chunk(task.OutputWidth)
            .Select(row => task.Kind == TaskKind.Classification ? Softmax(row) : [.. row.Select(value => (double)value)])
            .Select(row => merge?.Sum(row) ?? row);
    }

    private static double[] Softmax(float[] logits)
    {
        double largest = logits.Max();
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - largest))];
        double sum = powers.Sum();
        return [.. powers.Select(power => power / sum)];
    }

    private static double Largest(double[] one, double[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();

    /// <summary>Three digits: the last ones differ between libraries.</summary>
    private static double Significant(double number) =>
        double.Parse(number.ToString("g3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
