namespace Faithful.Pipelines;

/// <summary>Where a training of trees stands.</summary>
/// <param name="Grown">The ensembles that are complete.</param>
/// <param name="Ensembles">All ensembles: one a class, or one for a regression.</param>
/// <param name="Class">The class whose trees are growing; null for a regression, and when all are grown.</param>
public sealed record TreeTrainingProgress(int Grown, int Ensembles, string? Class);
