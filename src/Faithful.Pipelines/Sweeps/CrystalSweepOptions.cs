using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Which models a sweep tries, how long, and where it keeps what it finds.</summary>
public sealed record CrystalSweepOptions
{
    /// <summary>Gets the folder of the sweep: its table, the best options and the run of the best trial.</summary>
    public required string Folder { get; init; }

    /// <summary>Gets the names of the models, tried for one task in one search. The default is <c>gbt</c>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [Faithful.Models.Trees.TreeModel.Name];

    /// <summary>Gets the preset whose options are the first trial of each model. The default is <c>best</c>.</summary>
    public string Preset { get; init; } = "best";

    /// <summary>
    /// Gets models with other options to begin with than those of the preset. What they leave out is taken from the preset. The
    /// default is none.
    /// </summary>
    public IReadOnlyList<SweptModel> Starts { get; init; } = [];

    /// <summary>Gets the number of trials, those of an earlier part of a resumed sweep included. Range 1..10,000; the default is 20.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>Gets the seconds after which no further trial begins and the running ones are left, to be gone on with; null, the default, for no limit.</summary>
    public int? Seconds { get; init; }

    /// <summary>
    /// Gets the largest number of trials at a time. The first trial always runs alone, and shows how much memory a trial needs: no
    /// more run at once than fit into the memory that was free. Trees, and networks on a processor, use all of its cores as it is;
    /// trials of networks at the same time share libtorch's random numbers, so that they differ a little from run to run. Range
    /// 1..64; the default is 1.
    /// </summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Gets where networks are trained: auto, cpu or cuda. The default, <c>auto</c>, takes a GPU where there is one.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Gets which trials are ended early. The default is <see cref="EarlyStopping.Median"/>.</summary>
    public EarlyStopping Stopping { get; init; }

    /// <summary>Gets what is to be best on the validation part. The default is <see cref="SelectionMetric.Accuracy"/>: the mean absolute error of a regression.</summary>
    public SelectionMetric Metric { get; init; }

    /// <summary>Gets the seed of the search, and of all that is drawn in a trial. The default is 0.</summary>
    public int Seed { get; init; }

    /// <summary>Gets whether the sweep in the folder is gone on with; otherwise the folder must hold none. The default is false.</summary>
    public bool Resume { get; init; }

    /// <summary>Gets who hears of every trial and of every epoch, from several threads; null, the default, for nobody.</summary>
    public IProgress<SweepProgress>? Progress { get; init; }

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        Check(!string.IsNullOrEmpty(Folder), $"Folder must name a folder, found none.");
        Check(Models is { Count: > 0 }, $"Models must name at least one model, found none.");
        foreach (string model in Models ?? [])
        {
            Check(SweptModel.Models.Contains(model), $"Models must be of {string.Join(", ", SweptModel.Models)}, found {model}.");
        }

        Check(Models is null || Models.Distinct().Count() == Models.Count, $"Models must name each model once.");
        Check(Starts is not null && Starts.All(start => Models?.Contains(start.Model) == true), $"Starts must be of the models that are swept.");
        Check(Trials is >= 1 and <= 10_000, $"Trials must lie in 1..10,000, found {Trials}.");
        Check(Seconds is null or > 0, $"Seconds must be above 0, found {Seconds}.");
        Check(Parallel is >= 1 and <= 64, $"Parallel must lie in 1..64, found {Parallel}.");
        Check(Device is "auto" or "cpu" or "cuda", $"Device must be auto, cpu or cuda, found {Device ?? "null"}.");
        Check(Enum.IsDefined(Stopping), $"Stopping must be one of {string.Join(", ", Enum.GetNames<EarlyStopping>())}, found {Stopping}.");
        Check(Enum.IsDefined(Metric), $"Metric must be one of {string.Join(", ", Enum.GetNames<SelectionMetric>())}, found {Metric}.");
        return faults;

        void Check(bool holds, FormattableString fault)
        {
            if (!holds)
            {
                faults.Add(FormattableString.Invariant(fault));
            }
        }
    }
}
