using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Faithful.Testing;

namespace Faithful.Cli.Tests;

/// <summary>What README and the pages under <c>docs</c> show is there: every command and option, and every page and heading that is linked.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] OfTheLauncher = ["setup", "test", "benchmark", "bundle"];

    public static TheoryData<string> Documents =>
        ["README.md", .. Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_that_is_shown_is_one_of_the_program(string document)
    {
        int commands = 0;
        foreach ((int number, string line) in Lines(document))
        {
            foreach (Match shown in Shown().Matches(line))
            {
                string[] words = [.. CommandLineParser.SplitCommandLine(shown.Groups["words"].Value)];
                if (words is ["COMMAND", ..] || OfTheLauncher.Contains(words[0]))
                {
                    continue;
                }

                string[] faults = [.. FaithfulProgram.BuildRoot().Parse(words).Errors.Select(error => error.Message)];
                Assert.True(faults.Length == 0, $"{document}({number}): {shown.Value}: {string.Join(' ', faults)}");
                commands++;
            }
        }

        Assert.True(commands > 0 || document.EndsWith("benchmarks.md", StringComparison.Ordinal), $"{document} shows no command");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_and_a_heading(string document)
    {
        foreach ((int number, string line) in Lines(document))
        {
            foreach (string link in Link().Matches(line).Select(match => match.Groups["to"].Value).Where(link => !link.StartsWith("https://", StringComparison.Ordinal)))
            {
                int sign = link.IndexOf('#', StringComparison.Ordinal);
                (string file, string? heading) = sign < 0 ? (link, null) : (link[..sign], link[(sign + 1)..]);
                string target = file.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, file);
                Assert.True(File.Exists(Path.Combine(TestData.RepositoryRoot, target)), $"{document}({number}): expected the file {target}");
                Assert.True(heading is null || Headings(target).Contains(heading), $"{document}({number}): expected the heading #{heading} in {target}");
            }
        }
    }

    /// <summary>The headings of a document as links name them: small letters, hyphens for spaces, nothing else.</summary>
    private static IEnumerable<string> Headings(string document) =>
        from line in Lines(document)
        where line.Text.StartsWith('#')
        select NoPartOfAnchors().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<(int Number, string Text)> Lines(string document) =>
        File.ReadLines(Path.Combine(TestData.RepositoryRoot, document)).Select((text, index) => (index + 1, text));

    // To a comment, to the end of the code, or to the end of the line.
    [GeneratedRegex(@"(?:\./|bash FOLDER/)faithful (?<words>[^#`]+[^#`\s])")]
    private static partial Regex Shown();

    [GeneratedRegex(@"\]\((?<to>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPartOfAnchors();
}
