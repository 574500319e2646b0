using Faithful.Cli.Output;

namespace Faithful.Cli.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Clock _clock = new();

    public void Dispose() => _error.Dispose();

    [Fact]
    public void Work_that_is_done_at_once_shows_nothing()
    {
        using (ProgressLine line = Line(80))
        {
            line.Report(1000, 1000);
        }

        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void A_file_gets_a_plain_line_every_ten_seconds()
    {
        using (ProgressLine line = Line(null))
        {
            for (int second = 1; second <= 40; second++)
            {
                _clock.Seconds = second;
                line.Report(100 * second, 8000);
            }
        }

        Assert.Equal(
            [
                "reading: 12%  1000 of 8000 crystals, 100 a second, 0:01:10 left",
                "reading: 25%  2000 of 8000 crystals, 100 a second, 0:01:00 left",
                "reading: 37%  3000 of 8000 crystals, 100 a second, 0:00:50 left",
                "reading: 50%  4000 of 8000 crystals, 100 a second, 0:00:40 left",
            ],
            _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_terminal_gets_one_line_that_is_written_over_and_taken_away()
    {
        using (ProgressLine line = Line(80))
        {
            _clock.Seconds = 7200;
            line.Report(7200, 0.25);
            _clock.Seconds = 7300;
            line.Report(7300);
        }

        string[] states = _error.ToString().Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("reading: [#####...............]  25%  7200 crystals, 1 a second, 6:00:00 left", states[0]);
        Assert.Equal("reading: 7300 crystals, 1 a second", states[1].TrimEnd());
        Assert.Equal(states[0].Length, states[1].Length); // nothing of the longer line stays
        Assert.Equal(3, states.Length);
        Assert.DoesNotContain('\n', _error.ToString());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(70)]
    [InlineData(60)]
    [InlineData(20)]
    [InlineData(1)]
    public void No_line_is_as_wide_as_the_terminal(int width)
    {
        using ProgressLine line = Line(width);
        foreach (double? fraction in new double?[] { null, 0, 1e-300, 0.5, 1, 2, double.NaN })
        {
            _clock.Seconds += 1000;
            line.Report(1_000_000, fraction);
        }

        Assert.All(_error.ToString().Split('\r'), state => Assert.InRange(state.Length, 0, width - 1));
    }

    private ProgressLine Line(int? width) => new(_error, width, "reading", _clock);

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
