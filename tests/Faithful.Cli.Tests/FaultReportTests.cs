using Faithful.Cli.Output;
using Faithful.Crystals.Symmetry;
using Faithful.Models;

namespace Faithful.Cli.Tests;

public class FaultReportTests
{
    [Fact]
    public void A_missing_library_exits_with_3_and_says_what_to_install()
    {
        AssertFault(
            new MissingNativeLibraryException("spglib", "libsymspg.so.1 is not there", "apt-get install libsymspg1"),
            3, "spglib: libsymspg.so.1 is not there; apt-get install libsymspg1");
        AssertFault(
            new TypeInitializationException("torch", new DllNotFoundException("Unable to load shared library 'libtorch' or one of its dependencies. In order to help …")),
            3, "Unable to load shared library 'libtorch' or one of its dependencies; run ./faithful setup");
        AssertFault(
            new FileNotFoundException("Could not load file or assembly", "Microsoft.AspNetCore.Http, Version=10.0.0.0"),
            3, "ASP.NET Core is missing: install aspnetcore-runtime-10.0 (a bundle for training only does without, and does not serve)");
    }

    [Fact]
    public void Faults_of_the_project_speak_for_themselves()
    {
        AssertFault(new ModelFolderException("onnx/a", "a card", "none"), 1, "onnx/a: expected a card, found none");
        AssertFault(new IOException("disk full"), 1, "disk full");
        AssertFault(new UsageException("no"), 2, "no");
        AssertFault(new AggregateException(new IOException("disk full")), 1, "disk full");
        AssertFault(new OperationCanceledException(), 130, "cancelled");
    }

    [Fact]
    public void Faults_nobody_thought_of_are_one_line_too() => AssertFault(
        new InvalidOperationException("first\r\nsecond\n"), 1, "InvalidOperationException: first second (set FAITHFUL_DEBUG=1 for details)");

    private static void AssertFault(Exception fault, int exitCode, string message)
    {
        Assert.Equal((exitCode, message), FaultReport.Describe(fault));
        using var error = new StringWriter();
        Assert.Equal(exitCode, FaultReport.Write(fault, error));
        Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
