namespace Faithful.Benchmarks.Training;

/// <summary>How fast one network trains with one batch size, as its process reports it.</summary>
internal sealed record TrainingSpeed
{
    /// <summary>Gets the network.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the number of parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Gets the crystals in a batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Gets the task.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the device.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the timed steps.</summary>
    public long Steps { get; init; }

    /// <summary>Gets the crystals trained a second: the median of the timed epochs.</summary>
    public double StructuresPerSecond { get; init; }

    /// <summary>Gets the same from epoch to epoch: with planning, a short validation and the checkpoint.</summary>
    public double WholeStructuresPerSecond { get; init; }

    /// <summary>Gets the mean time of a step, ms.</summary>
    public double StepMilliseconds { get; init; }

    /// <summary>Gets the mean share of the time in which the GPU ran a kernel, 0 to 1; null without a GPU or where the run was too short to tell.</summary>
    public double? GpuBusy { get; init; }

    /// <summary>Gets the most memory in use, bytes: of the GPU, above what was in use before; of the process without a GPU.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>Gets the parts of a step; null where they were not asked for.</summary>
    public TrainingPhases? Phases { get; init; }

    /// <summary>Gets what went wrong; null when nothing did.</summary>
    public string? Fault { get; init; }
}
