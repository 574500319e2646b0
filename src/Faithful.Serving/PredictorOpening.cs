using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Faithful.Models;
using Faithful.Models.Ensembles;

namespace Faithful.Serving;

/// <summary>Opens folders together: every model once, and as many at a time as there are cores.</summary>
/// <param name="options">Valid options.</param>
internal sealed class PredictorOpening(ServingOptions options)
{
    private readonly Dictionary<string, Opening> _openings = new(StringComparer.Ordinal); // by full path, in the order of asking

    /// <summary>Opens folders.</summary>
    /// <param name="folders">The folders of models and ensembles.</param>
    /// <param name="refuse">Takes what is wrong with a folder; null to throw it.</param>
    /// <returns>The predictors of the folders that were not refused.</returns>
    /// <exception cref="ModelFolderException">A folder is not that of a model or of an ensemble, or files were altered.</exception>
    public IReadOnlyList<CrystalPredictor> Open(IReadOnlyList<string> folders, Action<ModelFolderException>? refuse)
    {
        // Cards first: a folder that is none should be told at once, not after others were opened for nothing.
        Plan[] plans = [.. folders.Select(folder => Read(folder, throws: refuse is null))];
        List<CrystalPredictor> predictors = [];
        try
        {
            // One by one: a core that took several at a time would be left with them at the end.
            OrderablePartitioner<Opening> openings = Partitioner.Create(_openings.Values, EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(openings, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, opening => opening.Open(options));
            foreach (Plan plan in plans)
            {
                if (plan.FirstFault is not { } fault)
                {
                    predictors.Add(new CrystalPredictor(plan.Folder, [.. plan.Models.Select(opening => opening.Model!)], plan.Ensemble, options.AppliesCalibration));
                }
                else if (refuse is not null && fault.SourceException is ModelFolderException error)
                {
                    refuse(error);
                }
                else
                {
                    fault.Throw();
                }
            }
        }
        catch
        {
            predictors.ForEach(predictor => predictor.Dispose());
            throw;
        }
        finally
        {
            foreach (Opening opening in _openings.Values)
            {
                opening.Model?.RemoveUser(); // that which opened it
            }
        }

        return predictors;
    }

    private Plan Read(string folder, bool throws)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            if (!EnsembleCard.IsIn(folder))
            {
                return new Plan(folder, null, [Add(folder)], null);
            }

            (EnsembleCard ensemble, IReadOnlyList<(string Folder, ModelCard Card)> members) = EnsembleFolder.Read(folder, member => Add(member).Card);
            return new Plan(folder, ensemble, [.. members.Select(member => Add(member.Folder))], null);
        }
        catch (ModelFolderException error) when (!throws)
        {
            return new Plan(folder, null, [], ExceptionDispatchInfo.Capture(error));
        }
    }

    private Opening Add(string folder)
    {
        string path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!_openings.TryGetValue(path, out Opening? opening))
        {
            _openings.Add(path, opening = new Opening(folder, ModelCard.Read(folder)));
        }

        return opening;
    }

    /// <summary>What a folder needs, or why it cannot be opened.</summary>
    private sealed record Plan(string Folder, EnsembleCard? Ensemble, IReadOnlyList<Opening> Models, ExceptionDispatchInfo? Fault)
    {
        public ExceptionDispatchInfo? FirstFault => Fault ?? Models.FirstOrDefault(opening => opening.Fault is not null)?.Fault;
    }

    /// <summary>A model that is opened once, whoever asks for it.</summary>
    private sealed class Opening(string folder, ModelCard card)
    {
        public ModelCard Card => card;

        public ServedModel? Model { get; private set; }

        public ExceptionDispatchInfo? Fault { get; private set; }

        public void Open(ServingOptions options)
        {
            try
            {
                Model = ServedModel.Open(folder, card, options);
                Model.AddUser();
            }
            catch (Exception error)
            {
                Fault = ExceptionDispatchInfo.Capture(error);
            }
        }
    }
}
