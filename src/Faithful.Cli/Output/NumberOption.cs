using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Faithful.Cli.Output;

/// <summary>Makes options that take a number of a given range, written in invariant culture.</summary>
internal static class NumberOption
{
    /// <summary>Makes an option.</summary>
    /// <param name="name">The name, for example <c>--epochs</c>.</param>
    /// <param name="description">The description for the help text.</param>
    /// <param name="helpName">What stands for the number in the help text, for example <c>n</c>.</param>
    /// <param name="defaultValue">The value of a command line without the option.</param>
    /// <param name="isValid">Whether a number may be given.</param>
    /// <param name="range">The range in words that follow "must", for example <c>lie in 1..100</c>.</param>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <returns>The option.</returns>
    public static Option<T> Create<T>(
        string name, string description, string helpName, T defaultValue, Func<T, bool> isValid, string range)
        where T : INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => defaultValue,
            CustomParser = result => TryParse(result, name, isValid, range, out T? number) ? number : defaultValue,
        };

    /// <summary>Makes an option whose default another option decides.</summary>
    /// <param name="name">The name, for example <c>--epochs</c>.</param>
    /// <param name="description">The description for the help text.</param>
    /// <param name="helpName">What stands for the number in the help text, for example <c>n</c>.</param>
    /// <param name="isValid">Whether a number may be given.</param>
    /// <param name="range">The range in words that follow "must", for example <c>lie in 1..100</c>.</param>
    /// <typeparam name="T">The type of the number.</typeparam>
    /// <returns>An option whose value is null where it is not given.</returns>
    public static Option<T?> Create<T>(string name, string description, string helpName, Func<T, bool> isValid, string range)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result => TryParse(result, name, isValid, range, out T number) ? number : null,
        };

    private static bool TryParse<T>(ArgumentResult result, string name, Func<T, bool> isValid, string range, [NotNullWhen(true)] out T? number)
        where T : INumber<T>
    {
        string word = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (T.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && isValid(number))
        {
            return true;
        }

        result.AddError($"{name} must {range}, found '{word}'.");
        return false;
    }
}
