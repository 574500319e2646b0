using Faithful.Cli.Composition;

namespace Faithful.Cli.Filtration;

/// <summary>What the command <c>filter</c> asks for.</summary>
internal sealed record FiltrationRequest : LabelledSource
{
    /// <summary>Gets the folder of the filtration.</summary>
    public required string Out { get; init; }

    /// <summary>Gets the networks, each once.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Gets the preset of the networks.</summary>
    public required string Preset { get; init; }

    /// <summary>Gets the number of folds; 0 for none.</summary>
    public required int Folds { get; init; }

    /// <summary>Gets the accuracy on all crystals at which training ends where there are no folds.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Gets the number of wrong labels that are planted.</summary>
    public required int Planted { get; init; }

    /// <summary>Gets the seed of folds, planted labels and trainings.</summary>
    public required int Seed { get; init; }

    /// <summary>Gets the device to train and to predict on: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public required string Device { get; init; }

    /// <summary>Gets the number of epochs that the command line names; null for that of the preset.</summary>
    public int? Epochs { get; init; }

    /// <summary>Gets the batch size that the command line names; null for that of the preset.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Gets the settings of single options, <c>name=value</c>, or <c>model:name=value</c> for one network.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Gets whether the command line says how a network is trained, so that a run in the folder must have been trained so.</summary>
    /// <param name="model">The network's name.</param>
    /// <returns>False where all is left to the preset.</returns>
    public bool NamesOptions(string model) => Epochs is not null || BatchSize is not null || SettingsOf(model).Any();

    /// <summary>Gets the settings that hold for a network.</summary>
    /// <param name="model">The network's name.</param>
    /// <returns>Settings without a network's name, those for all networks first.</returns>
    public IEnumerable<string> SettingsOf(string model) =>
    [
        .. Settings.Where(setting => ModelOf(setting) is null),
        .. Settings.Where(setting => ModelOf(setting) == model).Select(setting => setting[(model.Length + 1)..]),
    ];

    /// <summary>Gets the network that a setting is for.</summary>
    /// <param name="setting">The setting.</param>
    /// <returns>The name before a colon that stands before the equals sign; null for a setting for all networks.</returns>
    public static string? ModelOf(string setting)
    {
        string name = setting.Split('=', 2)[0];
        return name.Contains(':', StringComparison.Ordinal) ? name.Split(':', 2)[0] : null;
    }
}
