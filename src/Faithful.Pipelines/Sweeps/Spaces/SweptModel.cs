using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Models.Trees;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>A model with its options: where a sweep begins, or what it found.</summary>
public sealed record SweptModel
{
    private const string KindName = "network"; // among a network's options: which network it is

    /// <summary>Gets the names of the models that a sweep can train.</summary>
    public static IReadOnlyList<string> Models { get; } = [TreeModel.Name, .. NetworkPresets.Models];

    /// <summary>Gets the model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the preset that the options began with, for the model card.</summary>
    public string Preset { get; init; } = "best";

    /// <summary>Gets the options of trees; null for a network.</summary>
    public CrystalTreesOptions? Trees { get; init; }

    /// <summary>Gets the options of a network; null for trees.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>Gets the options of a network's training; null for trees.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>Gets the options, as <c>options.json</c> names them, that a sweep leaves as they are here.</summary>
    public ImmutableSortedSet<string> Fixed { get; init; } = [];

    /// <summary>Gets a model with the options of a preset.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">The task's name, for example <c>tqc</c>.</param>
    /// <param name="usesSymmetry">Whether a model of the task may see what the symmetry finder found.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentException">There is no such model or preset, or the task must not be given what the preset describes.</exception>
    public static SweptModel Find(string model, string preset, string task, bool usesSymmetry = true)
    {
        if (!Models.Contains(model))
        {
            throw new ArgumentException($"expected a model of {string.Join(", ", Models)}; found '{model}'");
        }

        return model == TreeModel.Name
            ? new SweptModel { Model = model, Preset = preset, Trees = TreePresets.Find(preset, task, usesSymmetry) }
            : new SweptModel
            {
                Model = model,
                Preset = preset,
                Network = NetworkPresets.Find(model, preset, task),
                Training = NetworkPresets.Training(model, preset, task),
            };
    }

    /// <summary>Lists what is wrong with the options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate() => (Trees, Network, Training) switch
    {
        ({ } trees, null, null) => trees.Validate(),
        (null, { } network, { } training) => [.. network.Validate(), .. training.Validate()],
        _ => [$"{Model}: expected options of trees, or of a network and its training."],
    };

    /// <summary>Gets the options as a file that <c>train --options</c> takes: every option, whether it was searched or not.</summary>
    /// <returns><c>{"trees":{…}}</c>, or <c>{"network":{…},"training":{…}}</c>.</returns>
    public JsonObject ToJson()
    {
        var document = new JsonObject();
        foreach (Section section in Sections())
        {
            JsonObject values = section.Values();
            values.Remove(KindName);
            document[section.Name] = values;
        }

        return document;
    }

    /// <summary>Gets an option.</summary>
    /// <param name="option">Its name in <c>options.json</c>.</param>
    /// <returns>Its value; null where the model has no such option, or it is null.</returns>
    internal JsonNode? Get(string option) => Sections().Select(section => section.Values()[option]).FirstOrDefault(value => value is not null);

    /// <summary>Changes options.</summary>
    /// <param name="values">Values by names of <c>options.json</c>, all of which the model has.</param>
    /// <returns>The changed model.</returns>
    internal SweptModel With(JsonObject values)
    {
        var changed = new Dictionary<string, object>();
        foreach (Section section in Sections())
        {
            JsonObject content = section.Values();
            foreach ((string name, JsonNode? value) in values.Where(pair => content.ContainsKey(pair.Key)))
            {
                content[name] = value?.DeepClone();
            }

            changed[section.Name] = content.Deserialize(section.Declared, RunJson.OneLine)!;
        }

        return this with
        {
            Trees = changed.GetValueOrDefault("trees") as CrystalTreesOptions,
            Network = changed.GetValueOrDefault("network") as NetworkOptions,
            Training = changed.GetValueOrDefault("training") as TrainingOptions,
        };
    }

    /// <summary>Takes the seed and what decides which epoch, or which number of trees, is kept.</summary>
    internal SweptModel With(int seed, SelectionMetric metric) => this with
    {
        Trees = Trees is null ? null : Trees with { Seed = seed, MetricForBest = metric },
        Training = Training is null ? null : Training with { Seed = seed, MetricForBest = metric },
    };

    private IEnumerable<Section> Sections() => Trees is not null
        ? [new Section("trees", typeof(CrystalTreesOptions), Trees)]
        : [new Section("network", typeof(NetworkOptions), Network!), new Section("training", typeof(TrainingOptions), Training!)];

    private sealed record Section(string Name, Type Declared, object Value)
    {
        public JsonObject Values() => JsonSerializer.SerializeToNode(Value, Declared, RunJson.OneLine)!.AsObject();
    }
}
