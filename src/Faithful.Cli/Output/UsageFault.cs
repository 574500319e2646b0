using System.CommandLine;
using System.CommandLine.Parsing;

namespace Faithful.Cli.Output;

/// <summary>Tells what is wrong with a command line, and where its help is.</summary>
internal static class UsageFault
{
    /// <summary>Writes one line a fault, and one that names the help.</summary>
    /// <param name="parsed">A command line with faults.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>The exit code for wrong usage.</returns>
    public static int Write(ParseResult parsed, TextWriter error)
    {
        Command command = parsed.CommandResult.Command;
        string path = PathOf(parsed.CommandResult);
        // A word that is no command would also be reported as "required command was not provided": the first line says it all.
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [string word, ..] && !word.StartsWith('-'))
        {
            string? close = Closest(word, command.Subcommands.Where(candidate => !candidate.Hidden).Select(candidate => candidate.Name));
            error.WriteLine($"error: '{word}' is not a command of {path}{(close is null ? "" : $"; did you mean '{close}'?")}");
        }
        else
        {
            foreach (string message in parsed.Errors.Select(fault => FaultReport.OneLine(fault.Message)).Distinct())
            {
                error.WriteLine($"error: {message}{Suggestion(message, parsed)}");
            }
        }

        error.WriteLine($"see: {path} --help");
        return ExitCodes.WrongUsage;
    }

    /// <summary>Finds the candidate that a mistyped word most probably means.</summary>
    /// <param name="word">The word.</param>
    /// <param name="candidates">The words that exist.</param>
    /// <returns>The nearest candidate, or null when none is near.</returns>
    public static string? Closest(string word, IEnumerable<string> candidates) => candidates
        .Select(candidate => (Candidate: candidate, Distance: EditDistance(word, candidate)))
        .Where(pair => pair.Distance <= Math.Max(1, pair.Candidate.Length / 3)
            || (word.Length > 2 && pair.Candidate.StartsWith(word, StringComparison.Ordinal)))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
        .Select(pair => pair.Candidate)
        .FirstOrDefault();

    private static string Suggestion(string message, ParseResult parsed)
    {
        if (parsed.Tokens.Select(token => token.Value).FirstOrDefault(word =>
            word.StartsWith("--", StringComparison.Ordinal) && message.Contains($"'{word}'", StringComparison.Ordinal)) is not string option)
        {
            return "";
        }

        IEnumerable<string> known = Ancestry(parsed.CommandResult)
            .SelectMany(result => result.Command.Options.Where(candidate => candidate.Recursive || result == parsed.CommandResult))
            .Select(candidate => candidate.Name);
        return Closest(option, known) is string close && close != option ? $" Did you mean '{close}'?" : "";
    }

    private static string PathOf(CommandResult result) =>
        string.Join(' ', Ancestry(result).Reverse().Select(r => r.Command is RootCommand ? "faithful" : r.Command.Name));

    private static IEnumerable<CommandResult> Ancestry(CommandResult? result)
    {
        for (; result is not null; result = result.Parent as CommandResult)
        {
            yield return result;
        }
    }

    /// <summary>The Levenshtein distance: insertions, deletions and replacements of one character.</summary>
    private static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (a[i] == b[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
