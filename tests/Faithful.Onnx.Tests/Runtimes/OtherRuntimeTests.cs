using Faithful.Testing;

namespace Faithful.Onnx.Tests.Runtimes;

/// <summary>
/// The same files give the same numbers elsewhere, from the arrays of the contract and nothing else. What the machine lacks is
/// skipped; <c>./faithful setup</c> has fetched onnxruntime-web where there is npm, and the tests need no network.
/// </summary>
public sealed class OtherRuntimeTests(RuntimeCases cases) : IClassFixture<RuntimeCases>
{
    private static readonly string Scripts = Path.Combine(TestData.RepositoryRoot, "tests", "Faithful.Onnx.Tests", "Runtimes");

    private static string WebRuntime => Path.Combine(TestData.RepositoryRoot, "artifacts", "setup", "web");

    private static string WebModule => Path.Combine(WebRuntime, "ort.wasm.min.mjs");

    [SkippableFact]
    public void In_onnxruntime_web_under_Node()
    {
        SkipWithoutWebRuntime();
        Skip.IfNot(OtherProgram.TryFind(out string node, "node"), "needs node");
        OtherProgram.Run(node, Path.Combine(Scripts, "node.mjs"), WebModule, cases.Folder);
        cases.AssertAnswers(File.ReadAllText(Path.Combine(cases.Folder, "results.json")));
    }

    [SkippableFact]
    public async Task In_onnxruntime_web_in_a_browser()
    {
        SkipWithoutWebRuntime();
        Skip.IfNot(OtherProgram.TryFind(out string browser, "chromium", "chromium-browser", "google-chrome"), "needs chromium");
        using var page = new TestPage(
            new Dictionary<string, string> { ["/"] = Path.Combine(Scripts, "page.html"), ["/cases.mjs"] = Path.Combine(Scripts, "cases.mjs") },
            new Dictionary<string, string> { ["/runtime/"] = WebRuntime, ["/case/"] = cases.Folder });
        cases.AssertAnswers(await page.OpenAsync(browser));
    }

    [SkippableFact]
    public void In_onnxruntime_under_Python()
    {
        string python = FindPython("onnxruntime");
        OtherProgram.Run(python, Path.Combine(Scripts, "run_cases.py"), cases.Folder);
        cases.AssertAnswers(File.ReadAllText(Path.Combine(cases.Folder, "results.json")));
    }

    [SkippableFact]
    public void They_pass_the_checker_of_ONNX_with_all_shapes_inferred() =>
        OtherProgram.Run(FindPython("onnx"), [Path.Combine(Scripts, "check_models.py"), .. cases.ModelFiles]);

    private static void SkipWithoutWebRuntime() =>
        Skip.IfNot(File.Exists(WebModule), "needs onnxruntime-web, which ./faithful setup fetches where there is npm");

    /// <summary>Python with a module; the working directory does not count, because a folder <c>onnx</c> would pass for the module.</summary>
    private static string FindPython(string module)
    {
        Skip.IfNot(OtherProgram.TryFind(out string python, "python3"), "needs python3");
        Skip.IfNot(OtherProgram.Succeeds(python, "-I", "-c", $"import numpy, {module}; {module}.__version__"), $"needs python3 with numpy and {module}");
        return python;
    }
}
