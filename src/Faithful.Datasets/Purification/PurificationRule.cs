namespace Faithful.Datasets.Purification;

/// <summary>One reason for which crystals are removed from a data set, or changed.</summary>
public abstract class PurificationRule
{
    private protected PurificationRule(string name, string explanation)
    {
        Name = name;
        Explanation = explanation;
    }

    /// <summary>Gets the name of the rule in reports, for example <c>too_many_atoms</c>.</summary>
    public string Name { get; }

    /// <summary>Gets what the rule removes or changes, with its thresholds, in words that follow "removed:" or "changed:".</summary>
    public string Explanation { get; }
}
