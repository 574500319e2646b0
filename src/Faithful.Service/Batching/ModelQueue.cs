using System.Diagnostics;
using System.Threading.Channels;
using Faithful.Models;
using Faithful.Service.Metrics;
using Faithful.Serving;

namespace Faithful.Service.Batching;

/// <summary>
/// The crystals that wait for one model. A batch is what has come in while the threads were busy: an idle service answers a single
/// crystal at once, without waiting for others, and the fuller the queue the larger the batches.
/// </summary>
internal sealed class ModelQueue
{
    private readonly ServedModel _model;
    private readonly WorkerThreads _threads;
    private readonly ServiceMetrics _metrics;
    private readonly int _maxBatch;
    private readonly int _maxAtoms;
    private readonly Channel<PredictionJob> _jobs;
    private int _runs; // that were asked for and have not collected their batch

    /// <summary>Initialises the queue.</summary>
    /// <param name="name">What metrics call the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="threads">The threads that all models share.</param>
    /// <param name="options">Limits of a batch and of the queue.</param>
    /// <param name="metrics">Counts batches.</param>
    public ModelQueue(string name, ServedModel model, WorkerThreads threads, ServiceOptions options, ServiceMetrics metrics)
    {
        Name = name;
        _model = model;
        _threads = threads;
        _metrics = metrics;
        _maxBatch = options.MaxBatch;
        _maxAtoms = new ServingOptions().MaxAtomsPerBatch;
        _jobs = Channel.CreateBounded<PredictionJob>(new BoundedChannelOptions(options.QueueLength) { FullMode = BoundedChannelFullMode.Wait });
    }

    /// <summary>Gets what metrics call the model.</summary>
    public string Name { get; }

    /// <summary>Gets the number of crystals that wait.</summary>
    public int Length => _jobs.Reader.Count;

    /// <summary>Adds a crystal, if there is room.</summary>
    /// <param name="job">The crystal.</param>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(PredictionJob job)
    {
        if (!_jobs.Writer.TryWrite(job))
        {
            return false;
        }

        AskForRun();
        return true;
    }

    /// <summary>As many runs as threads: each core may take a batch of its own.</summary>
    private void AskForRun()
    {
        for (int runs = Volatile.Read(ref _runs); runs < _threads.Count; runs = Volatile.Read(ref _runs))
        {
            if (Interlocked.CompareExchange(ref _runs, runs + 1, runs) == runs)
            {
                _threads.Add(Run);
                return;
            }
        }
    }

    private void Run()
    {
        List<PredictionJob> batch = Collect();
        Interlocked.Decrement(ref _runs);
        if (Length > 0)
        {
            AskForRun(); // for what is left, or came when no further run could be asked for
        }

        if (batch.Count > 0)
        {
            Predict(batch);
        }
    }

    private List<PredictionJob> Collect()
    {
        List<PredictionJob> batch = [];
        long atoms = 0;
        while (batch.Count < _maxBatch && atoms < _maxAtoms && _jobs.Reader.TryRead(out PredictionJob? job))
        {
            if (!job.Prediction.IsCompleted) // cancelled
            {
                batch.Add(job);
                atoms += job.Crystal.Atoms;
            }
        }

        return batch;
    }

    private void Predict(List<PredictionJob> batch)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            IReadOnlyList<Prediction> predictions = _model.Predict([.. batch.Select(job => job.Crystal.Input(_model.Card.Preparation))]);
            _metrics.Batch(Name, batch.Count, Stopwatch.GetElapsedTime(started));
            for (int i = 0; i < batch.Count; i++)
            {
                batch[i].Answer(predictions[i]);
            }
        }
        catch (Exception) when (batch.Count > 1)
        {
            // One crystal must not take the others with it.
            batch.ForEach(job => Predict([job]));
        }
        catch (Exception error)
        {
            batch[0].Fail(error);
        }
    }
}
