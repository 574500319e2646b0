using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>The crystals that the trials of a sweep learn from, and those that they are measured on.</summary>
/// <typeparam name="T">What a model takes.</typeparam>
/// <param name="Training">The training part.</param>
/// <param name="Validation">The validation part.</param>
/// <param name="Targets">The class number or the value of every crystal of the training part, of those too that the model cannot take.</param>
/// <param name="Data">What the crystals are; epochs are filled in at the end of a run.</param>
public sealed record SweepParts<T>(T Training, T Validation, IReadOnlyList<double> Targets, TrainingSummary Data);
