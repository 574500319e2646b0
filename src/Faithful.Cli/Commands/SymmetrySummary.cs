using System.Globalization;
using System.Text.Json;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;

namespace Faithful.Cli.Commands;

/// <summary>Counts crystals by crystal system, and how many have the space group of their label.</summary>
internal sealed class SymmetrySummary
{
    private const string Label = "space_group";
    private const int Named = 5; // differing crystals on a terminal; JSON has them all

    private readonly SortedDictionary<CrystalSystem, int> _systems = [];
    private readonly HashSet<int> _spaceGroups = [];
    private readonly List<(string Id, string Label, int Found)> _differing = [];
    private int _crystals;
    private int _primitive;
    private int _labelled;

    /// <summary>Counts a crystal.</summary>
    /// <param name="record">The crystal with its labels.</param>
    /// <param name="symmetry">What was found.</param>
    public void Add(CrystalRecord record, CrystalSymmetry symmetry)
    {
        CrystalSystem system = SpaceGroups.CrystalSystem(symmetry.SpaceGroupNumber);
        _systems[system] = _systems.GetValueOrDefault(system) + 1;
        _spaceGroups.Add(symmetry.SpaceGroupNumber);
        _crystals++;
        _primitive += symmetry.IsPrimitive ? 1 : 0;
        if (record.Labels.TryGetValue(Label, out string? label))
        {
            _labelled++;
            if (label != symmetry.SpaceGroupNumber.ToString(CultureInfo.InvariantCulture))
            {
                _differing.Add((record.Id, label, symmetry.SpaceGroupNumber));
            }
        }
    }

    /// <summary>Says how the labels compare, where there are any.</summary>
    /// <param name="context">The command.</param>
    public void Log(CommandContext context)
    {
        if (_labelled == 0)
        {
            return;
        }

        context.Log(string.Create(
            CultureInfo.InvariantCulture,
            $"the label {Label} is what was found for {_labelled - _differing.Count} of the {_labelled} crystals that have one"));
        foreach ((string id, string label, int found) in _differing.Take(Named))
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"  {id}: label {label}, found {found}"));
        }

        if (_differing.Count > Named)
        {
            context.Log(string.Create(CultureInfo.InvariantCulture, $"  and {_differing.Count - Named} more"));
        }
    }

    /// <summary>Writes the counts as a table.</summary>
    /// <param name="context">The command.</param>
    public void Write(CommandContext context)
    {
        var table = new ResultTable("crystal system", "crystals>", "share>");
        foreach ((CrystalSystem system, int count) in _systems)
        {
            table.Add(system.ToString().ToLowerInvariant(), Text(count), ((double)count / _crystals).ToString("0.0 %", CultureInfo.InvariantCulture));
        }

        table.Write(context);
        context.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_crystals} crystals, {_spaceGroups.Count} space groups; {_primitive} cells are primitive"));
    }

    /// <summary>Writes the counts as JSON.</summary>
    /// <param name="json">The document.</param>
    /// <param name="errors">The crystals with an error.</param>
    public void Write(Utf8JsonWriter json, int errors)
    {
        json.WriteStartObject();
        json.WriteNumber("crystals", _crystals);
        json.WriteNumber("errors", errors);
        json.WriteNumber("primitive", _primitive);
        json.WriteNumber("space_groups", _spaceGroups.Count);
        json.WriteStartObject("systems");
        foreach ((CrystalSystem system, int count) in _systems)
        {
            json.WriteNumber(system.ToString().ToLowerInvariant(), count);
        }

        json.WriteEndObject();
        json.WriteNumber("labelled", _labelled);
        json.WriteNumber("label_agrees", _labelled - _differing.Count);
        json.WriteStartArray("label_differs");
        foreach ((string id, string label, int found) in _differing)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("label", label);
            json.WriteNumber("found", found);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
