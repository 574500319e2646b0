using System.CommandLine;

namespace Faithful.Cli.Output;

/// <summary>A command of the program: a System.CommandLine command that carries examples for its help text.</summary>
internal sealed class ProgramCommand(string name, string description, params string[] examples) : Command(name, description)
{
    /// <summary>Gets lines that a user can copy.</summary>
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>Sets what the command does.</summary>
    /// <param name="work">The work; returns the exit code, and throws what <see cref="FaultReport"/> describes.</param>
    public void SetWork(Func<CommandContext, int> work) =>
        SetAction((parsed, cancellation) => Task.FromResult(work(new CommandContext(parsed, cancellation))));
}
