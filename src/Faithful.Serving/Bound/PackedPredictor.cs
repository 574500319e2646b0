using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Faithful.Models;
using Faithful.Models.Packing;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Serving;

/// <summary>
/// Predicts crystals of a packed data set as fast as the device can. Threads lay batches out in page-locked memory ahead of the
/// device, which fetches inputs and leaves outputs there by itself. For whole data sets; <see cref="CrystalPredictor"/> serves crystals
/// as they come.
/// </summary>
public sealed class PackedPredictor : IDisposable
{
    private readonly ModelSession _session;
    private readonly PackedPredictorOptions _options;
    private readonly OrtMemoryInfo? _lockedInfo;
    private readonly OrtAllocator? _locked;
    private readonly ConcurrentBag<BoundBatch> _idle = []; // with their memory, which takes long to lock

    private PackedPredictor(ModelCard card, ModelSession session, PackedPredictorOptions options)
    {
        (Card, _session, _options) = (card, session, options);
        if (session.Device == "cuda" && options.PageLocked)
        {
            _lockedInfo = new OrtMemoryInfo("CudaPinned", OrtAllocatorType.DeviceAllocator, 0, OrtMemType.CpuOutput);
            _locked = new OrtAllocator(session.Native, _lockedInfo);
        }
    }

    /// <summary>Gets the card of the model.</summary>
    public ModelCard Card { get; }

    /// <summary>Gets where the model computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device => _session.Device;

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote => _session.DeviceNote;

    /// <summary>Opens the folder of a network.</summary>
    /// <param name="folder">A folder that holds <c>card.json</c> and <c>model.onnx</c>.</param>
    /// <param name="options">How to work; null for the defaults.</param>
    /// <returns>The predictor; dispose of it.</returns>
    /// <exception cref="ArgumentException">The options are not valid.</exception>
    /// <exception cref="ModelFolderException">The folder is not that of a network, or its files were altered.</exception>
    public static PackedPredictor Open(string folder, PackedPredictorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new PackedPredictorOptions();
        if (options.Validate() is [string fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        ModelCard card = ModelCard.Read(folder);
        if (card.Preparation.Descriptors is string set)
        {
            throw new ModelFolderException(folder, "a network, which takes atoms", $"{card.Model}, which takes the descriptors {set}");
        }

        var serving = new ServingOptions { Device = options.Device, AllowsTensorFloat32 = options.AllowsTensorFloat32 };
        return new PackedPredictor(card, ModelSession.Open(folder, card, serving), options);
    }

    /// <summary>Predicts crystals.</summary>
    /// <param name="data">The packed data set, prepared as the card says.</param>
    /// <param name="rows">Places in it, none of them of a crystal that takes the fallback.</param>
    /// <param name="cancellation">Stops the work between two batches.</param>
    /// <returns>The outputs of the graph, in the order of the rows.</returns>
    /// <exception cref="ArgumentException">The data set was prepared otherwise, or a crystal takes the fallback.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The data set has no such place.</exception>
    /// <exception cref="ModelFolderException">The graph of the model fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelOutput Predict(PackedDataset data, IReadOnlyList<int> rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(rows);
        if (data.Key.Preparation != Card.Preparation.WithoutSpeciesLimits())
        {
            throw new ArgumentException($"expected a data set prepared as the card of {Card.Model} says; found one prepared otherwise", nameof(data));
        }

        foreach (int row in rows)
        {
            if (data.FallbackReason(row) is string reason)
            {
                throw new ArgumentException($"expected crystals that the network can take; found {data.Id(row)}: {reason}", nameof(rows));
            }
        }

        PackedBatchPlan plan = PackedBatchPlan.Of(data, rows, _options);
        int width = Card.Task.OutputWidth;
        float[][] outputs = [.. ModelContract.Outputs(Card.Task).Select(_ => new float[(long)rows.Count * width])];
        int next = -1;
        using var gate = new SemaphoreSlim(_options.AtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Exception? fault = null;
        Thread[] workers = [.. Enumerable.Range(0, Math.Min(_options.WorkersHere, plan.Batches.Count)).Select(_ => new Thread(Work) { IsBackground = true })];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        cancellation.ThrowIfCancellationRequested();
        if (fault is not null)
        {
            ExceptionDispatchInfo.Throw(fault is OnnxRuntimeException native
                ? new ModelFolderException(_session.Path, "a graph that computes the batches of a packed data set", ModelSession.Reason(native))
                : fault);
        }

        bool isClassification = Card.Task.Kind == TaskKind.Classification;
        return new ModelOutput
        {
            Crystals = rows.Count,
            Logits = isClassification ? outputs[0] : [],
            Probabilities = isClassification ? outputs[1] : [],
            Values = isClassification ? [] : outputs[0],
        };

        void Work()
        {
            try
            {
                BoundBatch batch = _idle.TryTake(out BoundBatch? idle) ? idle : new BoundBatch(_session.Native, Card, _locked);
                try
                {
                    WorkWith(batch);
                }
                finally
                {
                    _idle.Add(batch);
                }
            }
            catch (Exception error)
            {
                // The first fault counts: the others follow from it.
                if (Interlocked.CompareExchange(ref fault, error, null) is null)
                {
                    stop.Cancel();
                }
            }
        }

        void WorkWith(BoundBatch batch)
        {
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is int index && index < plan.Batches.Count)
            {
                (int start, int count) = plan.Batches[index];
                ReadOnlySpan<int> places = plan.Order.AsSpan(start, count);
                var chosen = new int[count];
                for (int i = 0; i < count; i++)
                {
                    chosen[i] = rows[places[i]];
                }

                batch.Fill(data, chosen);
                gate.Wait(stop.Token);
                try
                {
                    batch.Run();
                }
                finally
                {
                    gate.Release();
                }

                for (int output = 0; output < outputs.Length; output++)
                {
                    ReadOnlySpan<float> answers = batch.Output(output);
                    for (int i = 0; i < count; i++)
                    {
                        answers.Slice(i * width, width).CopyTo(outputs[output].AsSpan(places[i] * width));
                    }
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BoundBatch batch in _idle)
        {
            batch.Dispose();
        }

        _locked?.Dispose();
        _lockedInfo?.Dispose();
        _session.Dispose();
    }
}
