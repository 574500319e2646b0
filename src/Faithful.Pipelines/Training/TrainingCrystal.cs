using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>A crystal to learn from.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Prepared">The crystal as the model takes it.</param>
/// <param name="Target">The class number from 0, or the value.</param>
/// <param name="Group">What it belongs to: crystals of one group are never divided between parts.</param>
/// <param name="VolumePerAtom">Å³.</param>
/// <param name="Elements">The atomic numbers that occur, each once.</param>
internal sealed record TrainingCrystal(string Id, PreparedCrystal Prepared, double Target, string Group, double VolumePerAtom, byte[] Elements);
