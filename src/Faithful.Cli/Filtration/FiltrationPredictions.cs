using System.Globalization;
using System.Text;
using Faithful.Cli.Commands;
using Faithful.Cli.Composition;
using Faithful.Cli.Output;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Filtration;

/// <summary>The predictions of a filtration: a file a network and part, which is written when it is complete and taken from then on.</summary>
/// <param name="context">The command, for log, progress and cancellation.</param>
/// <param name="session">The filtration.</param>
internal sealed class FiltrationPredictions(CommandContext context, FiltrationSession session)
{
    /// <summary>Exports the networks of finished runs where that was not done yet, and lets them predict.</summary>
    /// <param name="runs">A run for each network and part.</param>
    /// <returns>The answers of each network for all rows.</returns>
    public IReadOnlyList<ModelAnswers> Collect(IReadOnlyList<FiltrationRun> runs)
    {
        Dictionary<string, IReadOnlyList<int>> rows = session.Plan.Parts.ToDictionary(part => part, session.Predicted);
        List<ModelAnswers> all = [];
        foreach (IGrouping<string, FiltrationRun> model in runs.GroupBy(run => run.Model))
        {
            var answers = new double[]?[session.Rows.Rows.Length];
            foreach (FiltrationRun run in model)
            {
                string path = session.Folder.PredictionPath(run.Model, run.Part, Export(run).ModelSha256);
                if (!File.Exists(path))
                {
                    Predict(run, rows[run.Part], path);
                }

                Read(run.Model, path, rows[run.Part], answers);
            }

            all.Add(new ModelAnswers(model.Key, answers));
        }

        return all;
    }

    /// <summary>Gets the card of the exported network, which is exported again when the run's best epoch is another than it was.</summary>
    private ModelCard Export(FiltrationRun run)
    {
        string folder = session.Folder.ModelPath(run.Model, run.Part);
        if (File.Exists(Path.Combine(folder, ModelCard.FileName)) && ModelCard.Read(folder) is ModelCard card
            && (card.Training.Epochs, card.Training.BestEpoch) == (run.Epochs, run.BestEpoch))
        {
            return card;
        }

        return ExportCommand.Write(run.Folder, folder);
    }

    private void Predict(FiltrationRun run, IReadOnlyList<int> places, string path)
    {
        ServingDevice device = session.Request.Device switch { "cpu" => ServingDevice.Cpu, "cuda" => ServingDevice.Cuda, _ => ServingDevice.Auto };
        using CrystalPredictor predictor = CrystalPredictor.Open(session.Folder.ModelPath(run.Model, run.Part), new ServingOptions { Device = device, AppliesCalibration = false });
        using var progress = new ProgressLine(context, $"predicting {run.Model}, {run.Part}");
        var text = new StringBuilder("id").Append(string.Concat(session.Plan.Task.Classes.Select(name => "," + CsvText.Quote($"{run.Model}:{name}")))).Append('\n');
        int done = 0;
        foreach (int[] window in places.Chunk(CrystalPredictor.StreamWindow))
        {
            PackedRow[] rows = [.. window.Select(place => session.Rows.Rows[place])];
            foreach (Prediction prediction in predictor.Predict(session.Data.Inputs(rows), context.Cancellation))
            {
                text.Append(CsvText.Quote(prediction.Id));
                foreach (double probability in prediction.Probabilities)
                {
                    text.Append(',').Append(prediction.IsFallback ? "" : probability.ToString("R", CultureInfo.InvariantCulture));
                }

                text.Append('\n');
            }

            done += window.Length;
            progress.Report(done, places.Count);
        }

        AtomicFile.WriteText(path, text.ToString());
    }

    private void Read(string model, string path, IReadOnlyList<int> places, double[]?[] answers)
    {
        LabelTable table = LabelTable.Read(path);
        if (session.Plan.Task.Classes.FirstOrDefault(name => !table.Columns.Contains($"{model}:{name}")) is string missing)
        {
            throw new LabelException($"{model}:{missing}", $"the probabilities of every class in {path} (delete it to have it made anew)", string.Join(", ", table.Columns));
        }

        foreach (int place in places)
        {
            string id = session.Rows.Rows[place].Labels.Id;
            if (!table.TryFind(id, out LabelRow? row))
            {
                throw new LabelException("id", $"a prediction for every crystal in {path}", "none", id);
            }

            string[] words = [.. session.Plan.Task.Classes.Select(name => row.Labels.GetValueOrDefault($"{model}:{name}", ""))];
            answers[place] = words.All(word => word.Length == 0) ? null : [.. words.Select((word, index) => Probability(word, index, row))];
        }
    }

    private double Probability(string word, int index, LabelRow row) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is >= 0 and <= 1.001
            ? value
            : throw new LabelException(session.Plan.Task.Classes[index], "a probability in 0..1", $"\"{word}\"", row.Id, row.Origin);
}
