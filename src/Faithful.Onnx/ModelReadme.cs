using System.Globalization;
using System.Text;
using Faithful.Models;

namespace Faithful.Onnx;

/// <summary>Writes the README of a model folder from its card: no number in it is typed by hand.</summary>
internal static class ModelReadme
{
    public static string Write(ModelCard card)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {card.Model}-{card.Task.Name}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Aim(card)} {Kind(card)}, {card.Parameters:N0} parameters.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Trained on {card.Training.Crystals:N0} crystals of `{card.Training.Data}` ");
        (string rounds, string best) = card.Preparation.Descriptors is null
            ? ("epochs", FormattableString.Invariant($"the best by validation is epoch {card.Training.BestEpoch}"))
            : ("rounds of boosting", FormattableString.Invariant($"{card.Training.BestEpoch} of them kept"));
        text.Append(CultureInfo.InvariantCulture, $"({card.Training.Epochs} {rounds}, {best}, seed {card.Training.Seed}). ");
        text.Append(card.Training is { ValidationFraction: 0, TestFraction: 0 }
            ? "Nothing was held back: the epoch was chosen on these crystals themselves.\n"
            : FormattableString.Invariant($"A further {card.Training.ValidationFraction:P0} of the rows chose {(card.Preparation.Descriptors is null ? "the epoch" : "among trainings")}, ")
                + FormattableString.Invariant($"{card.Training.TestFraction:P0} were held back for the measurement; {Separation(card.Training)}.\n"));
        if (card.MergedFrom is ClassMerge merge)
        {
            IEnumerable<string> sums = card.Task.Classes.Select((name, place) =>
                $"{name} = {string.Join(" + ", merge.Classes.Where((_, finer) => merge.Places[finer] == place))}");
            text.Append(CultureInfo.InvariantCulture, $"It was trained for `{merge.Task}`; the file adds up the probabilities of its classes: {string.Join(", ", sums)}.\n");
        }

        foreach (Pretraining before in card.Training.Pretraining ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"Before that it learned `{before.Task}` from {before.Crystals:N0} crystals of `{before.Data}`.\n");
        }

        if (card.Training.SoftLabels is SoftLabelSummary soft)
        {
            text.Append(CultureInfo.InvariantCulture, $"Beside these it learned {soft.Crystals:N0} crystals without a label with the answers of other models (`{soft.Source}`).\n");
        }

        if (card.Training.AtomicLimit is AtomicLimitSummary limit)
        {
            text.Append(CultureInfo.InvariantCulture, $"It also learned {limit.Crystals:N0} crystals of its training part with all distances multiplied by {limit.SmallestFactor:0.##} to ");
            text.Append(CultureInfo.InvariantCulture, $"{limit.LargestFactor:0.##}, as `{limit.Class}`: the atomic limit.\n");
        }

        if (card.Training.ReplacedLabels is ReplacedLabelSummary replaced)
        {
            text.Append(CultureInfo.InvariantCulture, $"{replaced.Crystals:N0} labels of the data were replaced (`{replaced.Source}`).\n");
        }

        if (card.Training.Attribution.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{card.Training.Attribution}\n");
        }

        if (card.Metrics.Count > 0)
        {
            text.Append("\n| part | metric | value |\n|---|---|---|\n");
            foreach ((string part, IReadOnlyDictionary<string, double> metrics) in card.Metrics)
            {
                foreach ((string metric, double value) in metrics)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| {part} | {metric} | {value:0.####} |\n");
                }
            }
        }

        text.Append("\n| input | type | shape | meaning |\n|---|---|---|---|\n");
        foreach (ModelInput input in card.GraphInputs)
        {
            string shape = string.Join(", ", input.RowShape.Select(size => size.ToString(CultureInfo.InvariantCulture)).Prepend(input.Rows.ToString().ToLowerInvariant()));
            text.Append(CultureInfo.InvariantCulture, $"| {input.Name} | {(input.IsInteger ? "int64" : "float32")} | [{shape}] | {input.Meaning} |\n");
        }

        if (card.Preparation.Descriptors is string set)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`faithful dataset describe --set {set}` computes the descriptors of crystals, with `--columns` what each of them is; ");
            text.Append("their names are in the metadata `faithful.descriptor_columns`, in the order of the input.\n");
        }

        text.Append(card.Task.Kind == TaskKind.Classification
            ? $"\nOutputs `logits` and `probabilities`, float32 [crystals, {card.Task.Classes.Count}], classes in this order: {string.Join(", ", card.Task.Classes)}.\n"
            : $"\nOutput `value`, float32 [crystals], in {card.Task.Unit}.\n");
        AppendFiles(text, card);

        if (card.Calibration is ModelCalibration calibration)
        {
            text.Append(Calibration(calibration, card.Task));
        }

        text.Append("\nEverything else that a program needs is in `card.json`, and again in the metadata of `model.onnx`.\n");
        return text.ToString();
    }

    private static string Calibration(ModelCalibration calibration, ModelTask task) => calibration.Method == CalibrationMethod.Temperature
        ? FormattableString.Invariant($"\nTo be as sure as it is right, a program takes probabilities ∝ p^(1/T) with T = {calibration.Value:0.####}, fitted on {calibration.Crystals:N0} crystals of the ")
            + FormattableString.Invariant($"{calibration.Part} part: expected calibration error {calibration.ErrorBefore:0.####} before, {calibration.ErrorAfter:0.####} after. Faithful does; the file itself does not.\n")
        : FormattableString.Invariant($"\nThe true value lies within ± {calibration.Value:0.####} {task.Unit} in {calibration.Coverage:P0} of cases, by {calibration.Crystals:N0} crystals of the {calibration.Part} part.\n");

    private static void AppendFiles(StringBuilder text, ModelCard card)
    {
        if (card.Weights == WeightFormat.Float16)
        {
            text.Append("\n`model.onnx` stores the parameters rounded to float16; it computes in float32.");
            if (card.Rounding is { Largest: > 0 } rounding) // none where parameters were of this format already
            {
                text.Append(CultureInfo.InvariantCulture, $" On {rounding.Crystals} generated crystals that moves ");
                text.Append(card.Task.Kind == TaskKind.Classification ? "a probability" : $"a value, in {card.Task.Unit},");
                text.Append(CultureInfo.InvariantCulture, $" by {rounding.Mean:g2} on average and {rounding.Largest:g2} at most; {rounding.Bound:g2} is not exceeded.");
            }

            text.Append('\n');
        }

        if (card.PortableSha256 is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n`{ModelCard.PortableFileName}` gives the same numbers without adding up while scattering, ");
            text.Append("for runtimes that cannot (TensorRT, DirectML, GPUs in browsers).\n");
        }
    }

    private static string Kind(ModelCard card) => card.Preparation.Descriptors is null
        ? $"Network `{card.Model}`, preset `{card.Preset}`"
        : $"Gradient-boosted trees (`{card.Model}`) over the descriptors `{card.Preparation.Descriptors}` (digest `{card.Preparation.DescriptorDigest}`)";

    private static string Separation(TrainingSummary training) => training switch
    {
        { SplitSha256: null } => "no two parts share a formula with the same space group",
        { SplitKind: string kind } => $"the parts come from a split file of the kind `{kind}` (SHA-256 of its parts `{training.SplitSha256}`)",
        _ => $"the parts come from a split file (SHA-256 of its parts `{training.SplitSha256}`)",
    };

    private static string Aim(ModelCard card) => card.Task.Kind == TaskKind.Classification
        ? $"Predicts `{card.Task.Name}` of a crystal, one of {card.Task.Classes.Count} classes, from its structure alone."
        : $"Predicts `{card.Task.Name}` of a crystal, in {card.Task.Unit}, from its structure alone.";
}
