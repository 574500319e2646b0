namespace Faithful.Crystals.Formats.Cif;

/// <summary>What a piece of a CIF is.</summary>
internal enum CifTokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary><c>data_</c> and the name of a block.</summary>
    Data,

    /// <summary><c>save_</c> and the name of a frame.</summary>
    Frame,

    /// <summary><c>save_</c> alone.</summary>
    FrameEnd,

    /// <summary><c>loop_</c>.</summary>
    Loop,

    /// <summary>A data name: it begins with an underscore.</summary>
    Tag,

    /// <summary>A value: a word, a quoted text or a text of several lines.</summary>
    Value,

    /// <summary><c>global_</c> or <c>stop_</c>, which a CIF may not use.</summary>
    Reserved,
}
