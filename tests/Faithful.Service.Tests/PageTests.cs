using System.Text.Json;
using Faithful.Serving;
using Faithful.Testing;

namespace Faithful.Service.Tests;

/// <summary>
/// The page in a headless Chromium, with the models that come with the project. FAITHFUL_SCREENSHOTS names a folder for pictures of it.
/// </summary>
public sealed class PageTests : IAsyncLifetime
{
    private static readonly string? Program = HeadlessBrowser.Find();

    private readonly List<CrystalPredictor> _predictors = [];
    private PredictionService _service = null!;
    private HeadlessBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        var serving = new ServingOptions { Device = ServingDevice.Cpu, IntraOpThreads = 1 };
        _predictors.AddRange(PretrainedModels.Find(TestData.RepositoryRoot).Select(folder => CrystalPredictor.Open(folder, serving)));
        _service = await PredictionService.StartAsync(_predictors, new ServiceOptions { Port = 0 });
        _browser = await HeadlessBrowser.StartAsync(Program);
    }

    public async Task DisposeAsync()
    {
        if (Program is not null)
        {
            await _browser.DisposeAsync();
            await _service.DisposeAsync();
            _predictors.ForEach(predictor => predictor.Dispose());
        }
    }

    [SkippableTheory]
    [InlineData(1280, 900, false)]
    [InlineData(1280, 900, true)]
    [InlineData(390, 844, false)]
    [InlineData(390, 844, true)]
    public async Task A_dropped_file_is_drawn_and_predicted(int width, int height, bool isDark)
    {
        Skip.If(Program is null, "needs chromium");
        await OpenAsync(width, height, isDark);
        await DropAsync("Bi2Se3");

        // A task is one box, headed by its ensemble; in it every model has a card, whose bars sum to 1 and are as long as they say.
        JsonElement groups = await _browser.EvaluateAsync("[...document.querySelectorAll('.group')].map(group => group.querySelector('.card').dataset.model)");
        string[] heads = [.. groups.EnumerateArray().Select(model => model.GetString()!)];
        Assert.Equal(_predictors.Select(predictor => predictor.Task.Name).Distinct().Count(), heads.Length);
        Assert.Equal(_service.Models.Where(model => model.StartsWith("ensemble-", StringComparison.Ordinal)).Order(), heads.Where(model => model.StartsWith("ensemble-", StringComparison.Ordinal)).Order());
        await PictureAsync($"page-{width}-{(isDark ? "dark" : "light")}.png");
        await _browser.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        JsonElement cards = await _browser.EvaluateAsync("""
            [...document.querySelectorAll('.card')].map(card => ({
              model: card.dataset.model,
              answer: card.querySelector('.answer').textContent,
              shares: [...card.querySelectorAll('.bars li')].map(row => Number(row.dataset.share)),
              widths: [...card.querySelectorAll('.fill')].map(bar => bar.getBoundingClientRect().width / bar.parentElement.getBoundingClientRect().width),
            }))
            """);
        Assert.Equal(_service.Models.Order(), cards.EnumerateArray().Select(card => card.GetProperty("model").GetString()).Order());
        foreach (JsonElement card in cards.EnumerateArray())
        {
            double[] shares = [.. card.GetProperty("shares").EnumerateArray().Select(share => share.GetDouble())];
            double[] widths = [.. card.GetProperty("widths").EnumerateArray().Select(share => share.GetDouble())];
            string answer = card.GetProperty("answer").GetString()!;
            if (card.GetProperty("model").GetString()!.EndsWith("energy", StringComparison.Ordinal))
            {
                Assert.Contains("eV/atom", answer, StringComparison.Ordinal);
                continue;
            }

            Assert.Equal(1, shares.Sum(), 1e-4);
            Assert.All(shares.Zip(widths), pair => Assert.Equal(pair.First, pair.Second, 0.02));
        }

        Assert.Contains("166", (await _browser.EvaluateAsync("document.getElementById('facts').textContent")).GetString(), StringComparison.Ordinal);
        // Nothing is wider than the page.
        Assert.True((await _browser.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth")).GetBoolean());
        await PictureAsync($"page-{width}-{(isDark ? "dark" : "light")}-open.png");
        Assert.All(_browser.Requests, address => Assert.True(address.StartsWith(_service.Address.ToString(), StringComparison.Ordinal)
            || address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("blob:", StringComparison.Ordinal), address));
    }

    [SkippableFact]
    public async Task The_crystal_is_drawn_with_its_cell()
    {
        Skip.If(Program is null, "needs chromium");
        await OpenAsync(1280, 900, isDark: false);
        Skip.If((await _browser.EvaluateAsync("typeof $3Dmol === 'undefined'")).GetBoolean(), "needs the 3D viewer: ./faithful setup fetches it where there is npm");
        await DropAsync("NaCl");
        await _browser.UntilAsync("document.getElementById('view').dataset.atoms === '27'"); // 8 atoms, and images of those on the border
        string before = (await _browser.EvaluateAsync(Canvas)).GetString()!;
        Assert.True(before.Length > 2000, "the picture is empty");
        Assert.Empty(_browser.Complaints);

        // The keyboard turns it.
        await _browser.EvaluateAsync("document.getElementById('view').focus()");
        await _browser.PressAsync("ArrowLeft", 37);
        await _browser.UntilAsync($"{Canvas} !== {JsonSerializer.Serialize(before)}");
    }

    [SkippableFact]
    public async Task A_structure_that_cannot_be_read_is_explained_and_the_next_one_is_predicted()
    {
        Skip.If(Program is null, "needs chromium");
        await OpenAsync(390, 844, isDark: false);
        await _browser.EvaluateAsync("document.getElementById('predict').click()");
        await _browser.UntilAsync("!document.getElementById('error').hidden");
        await _browser.EvaluateAsync("document.getElementById('text').value = 'Cu\\n1.0\\n<img src=x onerror=alert(1)>'; document.getElementById('predict').click()");
        await _browser.UntilAsync("document.getElementById('error').textContent.includes('expected')");
        string error = (await _browser.EvaluateAsync("document.getElementById('error').textContent")).GetString()!;
        Assert.Contains("(3)", error, StringComparison.Ordinal);
        Assert.Contains("<img", error, StringComparison.Ordinal); // as text
        await PictureAsync("page-error.png");
        await _browser.EvaluateAsync("const list = document.getElementById('example'); list.value = 'Si'; list.dispatchEvent(new Event('change'))");
        await _browser.UntilAsync("document.querySelectorAll('.card').length > 0 && document.getElementById('error').hidden");
    }

    private const string Canvas = "document.querySelector('#view canvas').toDataURL()";

    private async Task OpenAsync(int width, int height, bool isDark)
    {
        await _browser.ShapeAsync(width, height, isDark);
        await _browser.OpenAsync(_service.Address);
        await _browser.UntilAsync("document.readyState === 'complete' && document.getElementById('example')?.options.length > 10");
    }

    private async Task DropAsync(string example)
    {
        string text = JsonSerializer.Serialize(File.ReadAllText(Path.Combine(TestData.Examples, $"{example}.poscar")));
        await _browser.EvaluateAsync($$"""
            {
              const data = new DataTransfer();
              data.items.add(new File([{{text}}], '{{example}}.vasp'));
              document.getElementById('drop').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
            }
            """);
        await _browser.UntilAsync("document.querySelectorAll('.card').length > 0");
    }

    private async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("FAITHFUL_SCREENSHOTS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            await Task.Delay(500); // until the drawing has settled
            await File.WriteAllBytesAsync(Path.Combine(folder, name), await _browser.PictureAsync());
        }
    }
}
