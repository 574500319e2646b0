using System.CommandLine;
using System.Text.Json;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Cli.Pretrained;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>models</c>: which models there are, for what, and how good they are.</summary>
internal static class ModelsCommand
{
    private const string SectionName = "models";

    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        Option<string?> readme = new("--readme")
        {
            Description = $"Markdown file in which the list replaces what stands between {MarkedSection.Begin(SectionName)} and {MarkedSection.End(SectionName)}",
            HelpName = "file",
        };
        var command = new ProgramCommand(
            "models",
            "List the models: their task, what was measured of them (by 'evaluate --record', else by training on its validation part), and their size.",
            "faithful models",
            "faithful models --task tqc",
            "faithful models --model onnx/mine --json",
            "faithful models --readme README.md");
        command.Add(ModelSelection.ModelOption());
        command.Add(ModelSelection.TaskOption());
        command.Add(readme);
        command.SetWork(context => Run(context, context.Arguments.GetValue(readme)));
        return command;
    }

    private static int Run(CommandContext context, string? readme)
    {
        MarkedSection? section = readme is null ? null : MarkedSection.Find(readme, SectionName);
        string[] named = context.Arguments.GetValue<string[]>(ModelSelection.ModelName) ?? [];
        string? task = context.Arguments.GetValue<string?>(ModelSelection.TaskName);
        List<ModelSummary> models = [];
        bool hasFaults = false;
        foreach (string folder in named.Length > 0 ? named.Select(ModelSelection.Resolve) : PretrainedModels.Find(RepositoryRoot.Find()))
        {
            try
            {
                models.Add(ModelSummary.Read(folder));
            }
            catch (ModelFolderException error) when (named.Length == 0)
            {
                context.LogError(error.Message);
                hasFaults = true;
            }
        }

        models.RemoveAll(model => task is not null && model.Task.Name != task);
        if (models.Count == 0)
        {
            throw new NoModelException(task is null ? "no models under onnx/; train and export some" : $"no model for the task '{task}'");
        }

        section?.Replace(ModelTable.Markdown(models));
        if (context.IsJson)
        {
            using var array = new JsonArray(context.Output);
            models.ForEach(model => array.Add(json => Write(json, model)));
        }
        else
        {
            var table = new ResultTable(ModelTable.Headings);
            foreach (IReadOnlyList<string> row in ModelTable.Rows(models))
            {
                table.Add(row);
            }

            table.Write(context);
        }

        return hasFaults ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, ModelSummary model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("model", model.Model);
        json.WriteString("task", model.Task.Name);
        json.WritePropertyName("classes");
        JsonSerializer.Serialize(json, model.Task.Classes);
        json.WriteString("unit", model.Task.Unit);
        json.WritePropertyName("members");
        JsonSerializer.Serialize(json, model.Members);
        json.WritePropertyName("weights");
        JsonSerializer.Serialize(json, model.Weights);
        json.WriteNumber("parameters", model.Parameters);
        json.WriteNumber("bytes", model.Bytes);
        json.WriteBoolean("knows_atomic_limit", model.KnowsAtomicLimit);
        json.WritePropertyName("metrics");
        JsonSerializer.Serialize(json, model.Metrics);
        json.WriteEndObject();
    }
}
