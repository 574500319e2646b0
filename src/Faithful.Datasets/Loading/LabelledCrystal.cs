using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>A crystal with what a model shall answer for it.</summary>
/// <param name="Record">The crystal, its id and all its labels.</param>
/// <param name="Target">The class or the number.</param>
public sealed record LabelledCrystal(CrystalRecord Record, Target Target);
