namespace Faithful.Pipelines;

/// <summary>The names of the columns that the components of this package read and add.</summary>
public static class CrystalColumns
{
    /// <summary>The identifier of a crystal, text.</summary>
    public const string Id = "Id";

    /// <summary>The crystal, text: a line of materials JSON, a POSCAR or a CIF.</summary>
    public const string Structure = "Structure";

    /// <summary>The class that a classification gives, a key with the names of the classes as key values; 0 without an answer.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>The probabilities of a classification, Vector&lt;Single, classes&gt; with the classes as slot names, or the value of a regression, Single.</summary>
    public const string Score = "Score";

    /// <summary>The class, text; empty for a regression.</summary>
    public const string Class = "Class";

    /// <summary>The value of a regression, Single; NaN for a classification.</summary>
    public const string Value = "Value";

    /// <summary>The probabilities of a classification, Vector&lt;Single&gt; of variable size, which is 0 for a regression.</summary>
    public const string Probabilities = "Probabilities";

    /// <summary>The probability of the class, Single; NaN for a regression.</summary>
    public const string Confidence = "Confidence";

    /// <summary>The half-width of the interval around the value, in the task's unit, Single; NaN without a calibration and for a classification.</summary>
    public const string HalfWidth = "HalfWidth";

    /// <summary>
    /// How much models that answer together disagree, Single; NaN for one model. Of a classification the share, 0..1, of the largest Jensen–Shannon
    /// divergence, of a regression the standard deviation.
    /// </summary>
    public const string Disagreement = "Disagreement";

    /// <summary>Whether no model could take the crystal, Boolean.</summary>
    public const string IsFallback = "IsFallback";

    /// <summary>The reason of a fallback or of a missing answer, and warnings, text.</summary>
    public const string Note = "Note";

    /// <summary>The descriptors, Vector&lt;Single, columns&gt; with slot names.</summary>
    public const string Descriptors = "Descriptors";
}
