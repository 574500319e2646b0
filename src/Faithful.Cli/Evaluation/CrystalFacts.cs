using Faithful.Crystals;
using Faithful.Crystals.Symmetry;

namespace Faithful.Cli.Evaluation;

/// <summary>What is told about a crystal beside how well it is predicted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Formula">Its formula with the smallest whole numbers.</param>
/// <param name="Elements">Its elements, each once.</param>
/// <param name="System">The system of the space group that the data names, else of that which the model's symmetry finder finds; null where neither is known.</param>
/// <param name="Atoms">The atoms of the cell as the source has it.</param>
internal sealed record CrystalFacts(string Id, string Formula, IReadOnlyList<Element> Elements, CrystalSystem? System, int Atoms);
