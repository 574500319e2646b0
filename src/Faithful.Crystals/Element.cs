using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Faithful.Crystals;

/// <summary>
/// A chemical element, hydrogen (1) to oganesson (118). There is one instance for each element: compare by reference.
/// </summary>
/// <remarks>
/// The left-step table (C. Janet, 1929; Figure 3 of the paper that this project implements) has a row for each value of
/// n + l and, from left to right, the blocks f, d, p and s, so that the atomic number grows by one from column to column.
/// The places follow from the quantum numbers of the ideal filling order (Madelung's rule): the f block is La to Yb and Ac to No,
/// the d block begins with Sc, Y, Lu and Lr, and helium stands beside hydrogen.
/// </remarks>
public sealed partial class Element
{
    /// <summary>The number of elements, which is also the largest atomic number.</summary>
    public const int Count = 118;

    /// <summary>The number of rows of the left-step table.</summary>
    public const int LeftStepRows = 8;

    /// <summary>The number of columns of the left-step table: f 0..13, d 14..23, p 24..29, s 30..31.</summary>
    public const int LeftStepColumns = 32;

    private static readonly ImmutableArray<Element> Elements = CreateAll();

    // Two letters make an index: 26 for the first (A..Z) times 27 for the second (none, a..z).
    private static readonly Element?[] BySymbol = IndexBySymbol();

    private Element(Constants constants, int atomicNumber, int principal, int azimuthal, int placeInSubshell)
    {
        Symbol = constants.Symbol;
        Name = constants.Name;
        AtomicMass = constants.Mass;
        HasStandardAtomicWeight = constants.HasStandardWeight;
        CovalentRadius = constants.RadiusInPicometers / 100.0;
        AtomicNumber = atomicNumber;
        LeftStepRow = principal + azimuthal - 1;
        LeftStepColumn = LeftStepColumns - (2 * (azimuthal + 1) * (azimuthal + 1)) + placeInSubshell;
        Period = Math.Max(principal + Math.Max(azimuthal - 1, 0), 1);
        Group = (azimuthal, atomicNumber) switch
        {
            (0, 2) => 18, // helium is a noble gas, wherever the table puts it
            (0, _) => placeInSubshell + 1,
            (1, _) => placeInSubshell + 13,
            (2, _) => placeInSubshell + 3,
            _ => 0,
        };
    }

    /// <summary>Gets all elements in the order of their atomic numbers; hydrogen has index 0.</summary>
    public static IReadOnlyList<Element> All => Elements;

    /// <summary>Gets the atomic number, 1 to 118.</summary>
    public int AtomicNumber { get; }

    /// <summary>Gets the symbol, for example <c>Fe</c>.</summary>
    public string Symbol { get; }

    /// <summary>Gets the English name, for example <c>Iron</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the standard atomic weight in u, or the mass number of the longest-lived isotope where there is none.</summary>
    public double AtomicMass { get; }

    /// <summary>Gets a value indicating whether <see cref="AtomicMass"/> is a standard atomic weight and not a mass number.</summary>
    public bool HasStandardAtomicWeight { get; }

    /// <summary>Gets the covalent radius in Å.</summary>
    public double CovalentRadius { get; }

    /// <summary>Gets the row of the left-step table, 0 to 7: n + l − 1 of the subshell that the element fills.</summary>
    public int LeftStepRow { get; }

    /// <summary>Gets the column of the left-step table, 0 to 31: f 0..13, d 14..23, p 24..29, s 30..31.</summary>
    public int LeftStepColumn { get; }

    /// <summary>Gets the period of the usual table, 1 to 7.</summary>
    public int Period { get; }

    /// <summary>Gets the group of the usual table, 1 to 18, or 0 for the f block.</summary>
    public int Group { get; }

    /// <summary>Gets an element by its atomic number.</summary>
    /// <param name="atomicNumber">The atomic number, 1 to 118.</param>
    /// <returns>The element.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public static Element FromAtomicNumber(int atomicNumber) => atomicNumber is >= 1 and <= Count
        ? Elements[atomicNumber - 1]
        : throw new ArgumentOutOfRangeException(nameof(atomicNumber), atomicNumber, $"Atomic numbers go from 1 to {Count}.");

    /// <summary>Gets an element by its symbol.</summary>
    /// <param name="symbol">The symbol with its proper capital letter, for example <c>Fe</c>.</param>
    /// <returns>The element.</returns>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public static Element FromSymbol(string symbol) => TryFromSymbol(symbol, out var element)
        ? element
        : throw new ArgumentException($"\"{symbol}\" is not the symbol of an element.", nameof(symbol));

    /// <summary>Tries to get an element by its symbol.</summary>
    /// <param name="symbol">The symbol with its proper capital letter; anything else is not a symbol.</param>
    /// <param name="element">The element, or null.</param>
    /// <returns>Whether there is such an element.</returns>
    public static bool TryFromSymbol([NotNullWhen(true)] string? symbol, [NotNullWhen(true)] out Element? element) =>
        TryFromSymbol(symbol.AsSpan(), out element);

    /// <summary>Tries to get an element by its symbol.</summary>
    /// <param name="symbol">The symbol with its proper capital letter; anything else is not a symbol.</param>
    /// <param name="element">The element, or null.</param>
    /// <returns>Whether there is such an element.</returns>
    public static bool TryFromSymbol(ReadOnlySpan<char> symbol, [NotNullWhen(true)] out Element? element)
    {
        element = symbol.Length is 1 or 2 ? Find(symbol[0], symbol.Length == 2 ? LetterIndex(symbol[1]) : 0) : null;
        return element is not null;
    }

    /// <summary>Tries to get an element by its symbol in UTF-8.</summary>
    /// <param name="symbol">The bytes of the symbol with its proper capital letter; anything else is not a symbol.</param>
    /// <param name="element">The element, or null.</param>
    /// <returns>Whether there is such an element.</returns>
    public static bool TryFromSymbol(ReadOnlySpan<byte> symbol, [NotNullWhen(true)] out Element? element)
    {
        element = symbol.Length is 1 or 2 ? Find((char)symbol[0], symbol.Length == 2 ? LetterIndex((char)symbol[1]) : 0) : null;
        return element is not null;
    }

    /// <summary>Gets the symbol.</summary>
    /// <returns>For example <c>Fe</c>.</returns>
    public override string ToString() => Symbol;

    private static int LetterIndex(char letter) => letter is >= 'a' and <= 'z' ? letter - 'a' + 1 : -1;

    private static Element? Find(char first, int second) =>
        first is >= 'A' and <= 'Z' && second >= 0 ? BySymbol[((first - 'A') * 27) + second] : null;

    private static ImmutableArray<Element> CreateAll()
    {
        var constants = ReadConstants();
        var elements = ImmutableArray.CreateBuilder<Element>(Count);
        for (var sum = 1; elements.Count < Count; sum++) // sum = n + l, Madelung's rule: by n + l, then by n
        {
            for (var azimuthal = (sum - 1) / 2; azimuthal >= 0; azimuthal--)
            {
                for (var place = 0; place < 2 * ((2 * azimuthal) + 1) && elements.Count < Count; place++)
                {
                    elements.Add(new Element(constants[elements.Count], elements.Count + 1, sum - azimuthal, azimuthal, place));
                }
            }
        }

        return elements.MoveToImmutable();
    }

    private static Element?[] IndexBySymbol()
    {
        var index = new Element?[26 * 27];
        foreach (var element in Elements)
        {
            var second = element.Symbol.Length == 2 ? LetterIndex(element.Symbol[1]) : 0;
            index[((element.Symbol[0] - 'A') * 27) + second] = element;
        }

        return index;
    }
}
