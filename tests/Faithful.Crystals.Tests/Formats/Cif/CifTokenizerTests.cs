using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Cif;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats.Cif;

public sealed class CifTokenizerTests
{
    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("'a b' \"c d\"", "a b|c d")]
    [InlineData("'it's one' \"5\"6\"", "it's one|5\"6")]
    [InlineData("'' \"\"", "|")]
    [InlineData("a'b c\"d e;f", "a'b|c\"d|e;f")]
    [InlineData("1 ;2", "1|;2")]
    [InlineData("a#b #c d\ne", "a#b|e")]
    [InlineData(";one\n two\n;\nthree", "one\n two|three")]
    [InlineData(";\n;", "")]
    [InlineData(";\n\n;x\n;", null)]
    [InlineData(";one\n;two\n;", null)]
    [InlineData("; a ; b\n'c\n;", " a ; b\n'c")]
    [InlineData("a\n ;b\n;c\n; d", "a|;b|c|d")]
    [InlineData("\t a \f b\v\u001a", "a|b")]
    public void Values_are_words_quoted_texts_or_text_fields(string text, string? expected)
    {
        foreach (var newline in new[] { "\n", "\r\n", "\r" })
        {
            if (expected is null)
            {
                Assert.Throws<CrystalFormatException>(() => Tokens(text.Replace("\n", newline, StringComparison.Ordinal)));
                continue;
            }

            var values = Tokens(text.Replace("\n", newline, StringComparison.Ordinal));
            Assert.All(values, token => Assert.Equal(CifTokenKind.Value, token.Kind));
            Assert.Equal(expected.Split('|'), values.Select(token => token.Text));
        }
    }

    [Theory]
    [InlineData("data_x", CifTokenKind.Data, "x")]
    [InlineData("DATA_X-1.5", CifTokenKind.Data, "X-1.5")]
    [InlineData("data_", CifTokenKind.Data, "")]
    [InlineData("save_f", CifTokenKind.Frame, "f")]
    [InlineData("Save_", CifTokenKind.FrameEnd, "")]
    [InlineData("LOOP_", CifTokenKind.Loop, "LOOP_")]
    [InlineData("loop_x", CifTokenKind.Value, "loop_x")]
    [InlineData("global_", CifTokenKind.Reserved, "global_")]
    [InlineData("stop_", CifTokenKind.Reserved, "stop_")]
    [InlineData("_a", CifTokenKind.Tag, "_a")]
    [InlineData("'_a'", CifTokenKind.Value, "_a")]
    [InlineData("'data_x'", CifTokenKind.Value, "data_x")]
    [InlineData("\"loop_\"", CifTokenKind.Value, "loop_")]
    [InlineData("#data_x", CifTokenKind.End, "")]
    public void Keywords_are_told_from_values(string text, object kind, string expected)
    {
        var tokens = new CifTokenizer(new StringReader(text), new("t"));
        Assert.Equal(kind, tokens.Next());
        Assert.Equal(expected, tokens.Text.ToString());
    }

    [Fact]
    public void Lines_are_counted_whatever_ends_them()
    {
        var lines = Tokens("a\rb\r\nc\n\nd\n;e\r\nf\r;\ng 'h'\n# i\n_j").Select(token => (token.Text, token.Line));
        Assert.Equal([("a", 1), ("b", 2), ("c", 3), ("d", 5), ("e\nf", 6), ("g", 9), ("h", 9), ("_j", 11)], lines);
    }

    [Theory]
    [InlineData("'a\nb'", 1, "a closing ' before the end of the line", "'a")]
    [InlineData("x\n\"a", 2, "a closing \" before the end of the line", "\"a")]
    [InlineData("x\n;a\nb", 2, "a text that ends with a semicolon at the beginning of a line", "the end of the file")]
    [InlineData("\n;a\n;b", 3, "a blank after the semicolon that ends a text", "\";b\"")]
    [InlineData("x\n\na\0b", 3, "a text", "a binary file")]
    public void Bad_quotation_is_named(string text, int line, string expected, string found)
    {
        var exception = Assert.Throws<CrystalFormatException>(() => Tokens(text));
        Assert.Equal(("t", line, expected, found), (exception.File, exception.Line, exception.Expected, exception.Found));
    }

    [Fact]
    public void Cif_2_may_use_what_it_has_in_common_with_Cif_1()
    {
        Assert.Equal(["a b", "c"], Tokens("#\\#CIF_2.0\n'a b' c").Select(token => token.Text));
        foreach (var text in new[] { "[1 2]", "{'a':1}", "'''a'''", "\"\"\"a\"\"\"", "'it's one'" })
        {
            var exception = Assert.Throws<CrystalFormatException>(() => Tokens("#\\#CIF_2.0\n" + text));
            Assert.StartsWith("what CIF 2.0 has in common with CIF 1.1", exception.Expected, StringComparison.Ordinal);
            Assert.Equal(2, exception.Line);
        }

        Assert.Equal(["[1", "2]", "it's one"], Tokens("#\\#CIF_1.1\n[1 2] 'it's one'").Select(token => token.Text));
    }

    [Fact]
    public void Long_texts_pass_through_a_small_buffer()
    {
        var word = new string('w', 40_000);
        var line = new string('x', 100_000);
        Assert.Equal([word, line + "\n" + line, word], Tokens(word + "\n;" + line + "\r\n" + line + "\n;\n'" + word + "'").Select(token => token.Text));
        var exception = Assert.Throws<CrystalFormatException>(() => Tokens(line));
        Assert.Equal("words and quoted texts of at most 65536 characters", exception.Expected);

        // What is passed over is not kept.
        var tokens = new CifTokenizer(new StringReader(";" + line + line + "\n;"), new("t"));
        tokens.Next();
        Assert.True(tokens.IsCut);
        Assert.Equal(CifTokenizer.ShortLength, tokens.Text.Length);
    }

    [Property(MaxTest = 300, Replay = "4711,7")]
    public void A_text_that_is_written_is_read_again(string? text, byte filler)
    {
        // Around the marks that matter, and with blanks and lines in between.
        text = string.Concat((text ?? string.Empty).Select((letter, index) => ((index + filler) % 5) switch { 0 => '\n', 1 => ';', 2 => '\'', 3 => ' ', _ => letter }));
        if (CifText.IsWritable(text))
        {
            AssertWritten(text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData(".")]
    [InlineData("plain")]
    [InlineData("_tag")]
    [InlineData("data_x")]
    [InlineData("loop_")]
    [InlineData("#no")]
    [InlineData("two words")]
    [InlineData("it's")]
    [InlineData("a' b\" c")]
    [InlineData("\n")]
    [InlineData("a\n")]
    [InlineData("\na")]
    [InlineData("a\n;b")]
    [InlineData(";")]
    [InlineData("\\")]
    [InlineData("a' \" \\")]
    [InlineData(">\\\nx\n>y")]
    [InlineData("a\\\nb")]
    [InlineData("tab\tü€😀")]
    public void Any_label_is_written_and_read_again(string text) => AssertWritten(text);

    [Fact]
    public void Control_characters_cannot_be_written() =>
        Assert.All(["a\rb", "a\0b", "\ud800", "\udc00x", "\u0085"], text => Assert.False(CifText.IsWritable(text)));

    private static void AssertWritten(string text)
    {
        var written = new System.Text.StringBuilder("_a");
        CifText.AppendValue(written, text);
        var tokens = new CifTokenizer(new StringReader(written + "_b c"), new("t"));
        Assert.Equal(CifTokenKind.Tag, tokens.Next());
        Assert.Equal(CifTokenKind.Value, tokens.Next(1 << 20));
        var value = new CifValue(tokens.Text.ToString(), 1, tokens.IsBare);
        Assert.False(value.IsMissing);
        Assert.Equal(text, CifText.Unfold(value));
        Assert.Equal(CifTokenKind.Tag, tokens.Next());
    }

    private static List<(CifTokenKind Kind, string Text, int Line)> Tokens(string text)
    {
        var tokens = new CifTokenizer(new StringReader(text), new("t"));
        var list = new List<(CifTokenKind, string, int)>();
        while (tokens.Next(1 << 20) != CifTokenKind.End)
        {
            list.Add((tokens.Kind, tokens.Text.ToString(), tokens.Line));
        }

        return list;
    }
}
