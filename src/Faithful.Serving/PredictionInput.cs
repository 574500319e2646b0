using System.Collections.Immutable;
using Faithful.Crystals;
using Faithful.Models;

namespace Faithful.Serving;

/// <summary>A crystal that was prepared before, with what a prediction must know of the crystal as it was given.</summary>
/// <param name="Id">The identifier that the prediction carries.</param>
/// <param name="Crystal">The crystal, prepared with the card's <see cref="ModelCard.Preparation"/>, or its fallback.</param>
/// <param name="Composition">Its elements; how often each occurs does not matter.</param>
/// <param name="VolumePerAtom">The volume of the cell divided by its atoms, Å³.</param>
public sealed record PredictionInput(string Id, PreparedCrystal Crystal, ImmutableArray<Element> Composition, double VolumePerAtom);
