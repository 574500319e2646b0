using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Training;

namespace Faithful.Cli.Composition;

/// <summary>
/// The options of a network and of its training by the names that <c>options.json</c> has: taken from a preset, then changed by a
/// file and by single settings.
/// </summary>
/// <param name="network">The network's options.</param>
/// <param name="training">The training options.</param>
internal sealed class TrainingSettings(NetworkOptions network, TrainingOptions training)
{
    private const string NetworkSection = "network";
    private const string TrainingSection = "training";

    private readonly OptionSections _sections = new(
        new OptionSection(NetworkSection, typeof(NetworkOptions), network, hidden: "network"), // the discriminator: which network it is
        new OptionSection(TrainingSection, typeof(TrainingOptions), training));

    /// <summary>Gets the network's options.</summary>
    public NetworkOptions Network => (NetworkOptions)_sections[NetworkSection].Value;

    /// <summary>Gets the training options.</summary>
    public TrainingOptions Training => (TrainingOptions)_sections[TrainingSection].Value;

    /// <summary>Takes the options of a file: <c>{"network":{…},"training":{…}}</c>, any part of them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">A name or a value is wrong; the message says which.</exception>
    public void Read(string path) => _sections.Read(path);

    /// <summary>Takes one setting of the command line.</summary>
    /// <param name="setting"><c>name=value</c>; the name alone where it is clear, otherwise with <c>network.</c> or <c>training.</c> before it.</param>
    /// <exception cref="UsageException">The name or the value is wrong; the message says what there is.</exception>
    public void Set(string setting) => _sections.Set(setting);

    /// <summary>Changes the training options.</summary>
    /// <param name="change">Makes the changed options.</param>
    public void Change(Func<TrainingOptions, TrainingOptions> change) => _sections[TrainingSection].Value = change(Training);
}
