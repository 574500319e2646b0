using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks.Training;

/// <summary>
/// Where a training begins: at random, or at what another run has learned, which pays when that run had more crystals or a task
/// that asks for more (transfer learning).
/// </summary>
public sealed class StartingValues
{
    private StartingValues(float[] values, IReadOnlyList<Pretraining> pretraining, IReadOnlyList<string> random)
    {
        Values = values;
        Pretraining = pretraining;
        Random = random;
    }

    /// <summary>Gets the parameters in the order of the flat buffer.</summary>
    public float[] Values { get; }

    /// <summary>Gets what was learned before, the earliest first.</summary>
    public IReadOnlyList<Pretraining> Pretraining { get; }

    /// <summary>Gets the names of the parameters that begin at random: the other run has none of that name and shape.</summary>
    public IReadOnlyList<string> Random { get; }

    /// <summary>Takes the weights of another run's best epoch, as far as names and shapes agree.</summary>
    /// <param name="run">The run to go on from; its network may answer another task.</param>
    /// <param name="network">The network to be trained.</param>
    /// <param name="seed">The seed of the parameters that the run does not have.</param>
    /// <returns>The starting values.</returns>
    /// <exception cref="RunFolderException">The run has no finished epoch, or not one parameter in common with the network.</exception>
    public static StartingValues Take(RunFolder run, Network network, int seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(network);
        (SafeTensors weights, string sha256) = run.ReadBestFile();
        float[] values = network.Layout.Initialize(seed);
        List<string> random = [];
        long taken = 0;
        int offset = 0;
        foreach (ParameterReference parameter in network.Layout.Parameters)
        {
            int count = checked((int)parameter.Count);
            if (weights.Find(parameter.Name) is float[] found && weights.Shape(parameter.Name).AsSpan().SequenceEqual([.. parameter.Shape]))
            {
                found.CopyTo(values, offset);
                taken += count;
            }
            else
            {
                random.Add(parameter.Name);
            }

            offset += count;
        }

        RunDescription before = run.ReadDescription();
        if (taken == 0)
        {
            throw new RunFolderException(
                run.FolderPath, $"a run whose network shares parameters with {network.Name}", $"{before.Model} with none of the same name and shape");
        }

        var step = new Pretraining
        {
            Task = before.Task.Name,
            Data = before.Data.Data,
            DataSha256 = before.Data.DataSha256,
            SplitSha256 = before.Data.SplitSha256,
            Crystals = before.Data.Crystals,
            Epoch = run.ReadMeasurements().Last(measurement => measurement.IsBest).Epoch,
            WeightsSha256 = sha256,
            Parameters = taken,
        };
        return new StartingValues(values, [.. before.Data.Pretraining ?? [], step], random);
    }
}
