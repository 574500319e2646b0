using System.Collections.Immutable;
using Faithful.Cli.Output;
using Faithful.Networks;
using Faithful.Networks.Training;
using Faithful.Pipelines;

namespace Faithful.Cli.Composition;

/// <summary>The models of a sweep with the options to begin with: those of the preset, some of them set and so not searched.</summary>
internal static class SweepStarts
{
    private const string NetworkSection = "network";
    private const string TrainingSection = "training";
    private const string TreesSection = "trees";

    /// <summary>Makes the models.</summary>
    /// <param name="models">Their names.</param>
    /// <param name="preset">The preset.</param>
    /// <param name="request">The task.</param>
    /// <param name="settings">Options as <c>name=value</c>; each holds for every model that has it.</param>
    /// <returns>The models.</returns>
    /// <exception cref="UsageException">There is no such preset for a model, no model has an option, or its value is wrong.</exception>
    public static IReadOnlyList<SweptModel> Make(IReadOnlyList<string> models, string preset, SweepRequest request, IReadOnlyList<string> settings)
    {
        SweptModel[] starts;
        try
        {
            starts = [.. models.Select(model => SweptModel.Find(model, preset, request.Task, request.TaskUsesSymmetry))];
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }

        var held = new HashSet<string>();
        SweptModel[] changed = [.. starts.Select(start => Set(start, settings, held))];
        foreach (string setting in settings.Where(setting => !held.Contains(setting)))
        {
            Sections(starts[0]).All.Set(setting); // says what there is
        }

        return changed;
    }

    private static SweptModel Set(SweptModel start, IReadOnlyList<string> settings, HashSet<string> held)
    {
        (OptionSections all, OptionSection[] sections) = Sections(start);
        foreach (string setting in settings)
        {
            string name = setting.Split('=')[0].Trim();
            string plain = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (sections.Any(section => (name == plain || name == $"{section.Name}.{plain}") && section.Names.Contains(plain)))
            {
                all.Set(setting);
                held.Add(setting);
                start = start with { Fixed = start.Fixed.Add(plain) };
            }
        }

        return start.Trees is not null
            ? start with { Trees = (CrystalTreesOptions)all[TreesSection].Value }
            : start with { Network = (NetworkOptions)all[NetworkSection].Value, Training = (TrainingOptions)all[TrainingSection].Value };
    }

    private static (OptionSections All, OptionSection[] Sections) Sections(SweptModel model)
    {
        OptionSection[] sections = model.Trees is not null
            ? [new OptionSection(TreesSection, typeof(CrystalTreesOptions), model.Trees)]
            :
            [
                new OptionSection(NetworkSection, typeof(NetworkOptions), model.Network!, hidden: NetworkSection),
                new OptionSection(TrainingSection, typeof(TrainingOptions), model.Training!),
            ];
        return (new OptionSections(sections), sections);
    }
}
