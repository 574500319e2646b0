namespace Faithful.Cli.Output;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed, or a part of it did: the rest was done.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>Something is missing on the machine.</summary>
    public const int Missing = 3;

    /// <summary>Ctrl-C or a termination signal ended the command: 128 plus the number of SIGINT, as shells count.</summary>
    public const int Cancelled = 130;
}
