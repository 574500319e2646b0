using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Models;
using Faithful.Service.Batching;
using Faithful.Service.Metrics;
using Faithful.Service.Requests;
using Faithful.Service.Responses;
using Faithful.Serving;

namespace Faithful.Service;

/// <summary>
/// Predicts the structures of requests: reads and prepares them on threads of their own, queues them before each model, and joins the
/// answers. An ensemble waits for its members, which compute a crystal once for all that ask. Thread-safe but for <see cref="Dispose"/>.
/// </summary>
internal sealed class PredictEngine : IDisposable
{
    private const string WarmUpExample = "Si";

    private readonly ServiceOptions _options;
    private readonly StructureReader _reader;
    private readonly WorkerThreads _preparing;
    private readonly WorkerThreads _predicting;
    private readonly Dictionary<ServedModel, ModelQueue> _queues;
    private readonly Budget _crystals;
    private readonly Action<string> _log;

    /// <summary>Starts the threads.</summary>
    /// <param name="models">The models.</param>
    /// <param name="options">The limits.</param>
    /// <param name="metrics">Counts batches.</param>
    /// <param name="log">Takes a line for each fault that nobody foresaw.</param>
    public PredictEngine(ModelCatalog models, ServiceOptions options, ServiceMetrics metrics, Action<string> log)
    {
        Models = models;
        _options = options;
        _log = log;
        _reader = new StructureReader(options);
        _crystals = new Budget(options.QueueLength);
        Memory = new Budget(options.MaxMemoryBytes);
        _preparing = new WorkerThreads(options.EffectiveThreads, "prepare");
        _predicting = new WorkerThreads(options.EffectiveThreads, "predict");
        _queues = models.Names().ToDictionary(pair => pair.Model, pair => new ModelQueue(pair.Name, pair.Model, _predicting, options, metrics));
        metrics.Watch(() => _queues.Values.Select(queue => (queue.Name, queue.Length)), () => _crystals.Taken, () => Memory.Taken);
    }

    /// <summary>Gets the models.</summary>
    public ModelCatalog Models { get; }

    /// <summary>Gets the bytes that requests may take.</summary>
    public Budget Memory { get; }

    /// <summary>Gets whether there is room for another crystal.</summary>
    public bool HasRoom => _crystals.Taken < _options.QueueLength;

    /// <summary>Parses a request and predicts its structures.</summary>
    /// <param name="parse">Parses the request.</param>
    /// <param name="memory">What the request has of the budget of memory.</param>
    /// <param name="cancellation">Takes the request out of every queue.</param>
    /// <returns>The request, and the result of each structure, in order.</returns>
    /// <exception cref="ProblemException">The request is malformed, names an unknown model, or the service is busy.</exception>
    public async Task<(PredictRequest Request, PredictResult[] Results)> PredictAsync(
        Func<PredictRequest> parse, BudgetShare memory, CancellationToken cancellation)
    {
        (PredictRequest request, List<ServedPredictor> models, var structures) = await _preparing.RunAsync(
            () =>
            {
                PredictRequest parsed = parse();
                return (parsed, Named(parsed.Models), _reader.Read(parsed.Structures));
            },
            cancellation).ConfigureAwait(false);
        using var places = new BudgetShare(_crystals);
        if (!places.TryTake(structures.Count))
        {
            throw new ProblemException(
                ServiceProblem.Busy, $"expected at most {_options.QueueLength} crystals in the service, found {_crystals.Taken} before these {structures.Count}; try again");
        }

        ServedModel[] asked = [.. models.SelectMany(model => model.Models).Distinct()];
        Task<PredictResult>[] results = [.. structures.Select(structure => structure.Problem is null
            ? PredictAsync(structure.Record!, models, asked, request.WithCrystal, memory, cancellation)
            : Task.FromResult(new PredictResult { Id = structure.Id, Problem = structure.Problem }))];
        return (request, await Task.WhenAll(results).ConfigureAwait(false));
    }

    /// <summary>Lets every model predict an example, because the first run of a model allocates and compiles.</summary>
    /// <returns>Whether every model predicted it.</returns>
    public async Task<bool> WarmUpAsync()
    {
        using var memory = new BudgetShare(Memory);
        var text = new StructureText(WarmUpExample, StructureFormat.Poscar, EmbeddedFiles.Example(WarmUpExample));
        (_, PredictResult[] results) = await PredictAsync(() => new PredictRequest { Structures = [text] }, memory, default).ConfigureAwait(false);
        return results.All(result => result.Problem is null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _preparing.Dispose();
        _predicting.Dispose();
    }

    /// <summary>Predicts one crystal; what goes wrong with it does not concern the others of its request.</summary>
    private async Task<PredictResult> PredictAsync(
        CrystalRecord record, List<ServedPredictor> models, ServedModel[] asked, bool withSymmetry, BudgetShare memory, CancellationToken cancellation)
    {
        try
        {
            (ServedCrystal crystal, CrystalSymmetry? symmetry) = await _preparing.RunAsync(
                () => (ServedCrystal.Prepare(record, asked.Select(model => model.Card.Preparation)), withSymmetry ? FindSymmetry(record) : null), cancellation).ConfigureAwait(false);
            if (!memory.TryTake(crystal.Bytes))
            {
                throw new ProblemException(ServiceProblem.Busy, "other requests hold all the memory that crystals may take; try again");
            }

            Prediction[] answers = await Task.WhenAll(asked.Select(model => Queue(model, crystal, cancellation))).ConfigureAwait(false);
            Dictionary<ServedModel, Prediction> byModel = asked.Zip(answers).ToDictionary();
            return new PredictResult
            {
                Id = record.Id,
                Crystal = crystal,
                Symmetry = symmetry,
                Predictions = [.. models.Select(model => (model, model.Join([.. model.Models.Select(member => byModel[member])])))],
            };
        }
        catch (ModelFolderException error)
        {
            return new PredictResult { Id = record.Id, Problem = new ProblemException(ServiceProblem.Model, error.Message) };
        }
        catch (Exception error) when (error is not (OperationCanceledException or ProblemException))
        {
            _log($"error: {error.GetType().Name}: {error.Message}");
            return new PredictResult { Id = record.Id, Problem = new ProblemException(ServiceProblem.Internal, error.Message) };
        }
    }

    private Task<Prediction> Queue(ServedModel model, ServedCrystal crystal, CancellationToken cancellation)
    {
        var job = new PredictionJob(crystal, cancellation);
        ModelQueue queue = _queues[model];
        if (!queue.TryAdd(job))
        {
            job.Fail(new ProblemException(ServiceProblem.Busy, $"the queue of {queue.Name} is full; try again"));
        }

        return job.Prediction;
    }

    private List<ServedPredictor> Named(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return Models.All;
        }

        List<ServedPredictor> named = [];
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            named.Add(Models.Find(name) ?? throw Unknown(name));
        }

        return named.Count > 0 ? named : throw ProblemException.Malformed("models", "at least one name", "none");
    }

    /// <summary>Makes the problem of a name that no model has.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The problem.</returns>
    public ProblemException Unknown(string name) => new(
        ServiceProblem.UnknownModel,
        $"expected one of {string.Join(", ", Models.All.Select(model => model.Name))}, found '{(name.Length > 100 ? name[..100] + "…" : name)}'");

    private static CrystalSymmetry? FindSymmetry(CrystalRecord record)
    {
        try
        {
            return SymmetryFinder.Analyze(record.Crystal);
        }
        catch (Exception error) when (error is SymmetryException or MissingNativeLibraryException)
        {
            return null; // for showing only
        }
    }
}
