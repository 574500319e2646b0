namespace Faithful.Crystals.Tests;

public sealed class ElementTests
{
    [Fact]
    public void Atomic_numbers_and_symbols_name_each_element_once()
    {
        Assert.Equal(Enumerable.Range(1, 118), Element.All.Select(element => element.AtomicNumber));
        Assert.Equal(118, Element.All.Select(element => element.Symbol).Distinct().Count());
        Assert.Equal(118, Element.All.Select(element => element.Name).Distinct().Count());
        foreach (var element in Element.All)
        {
            Assert.Same(element, Element.FromAtomicNumber(element.AtomicNumber));
            Assert.Same(element, Element.FromSymbol(element.Symbol));
            Assert.True(Element.TryFromSymbol(System.Text.Encoding.UTF8.GetBytes(element.Symbol), out var same));
            Assert.Same(element, same);
        }
    }

    // The periodic table as one reads it aloud: an independent copy of the order.
    [Fact]
    public void The_symbols_come_in_the_order_of_the_periodic_table() => Assert.Equal(
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru "
        + "Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po "
        + "At Rn Fr Ra Ac Th Pa U Np Pu Am Cm Bk Cf Es Fm Md No Lr Rf Db Sg Bh Hs Mt Ds Rg Cn Nh Fl Mc Lv Ts Og",
        string.Join(' ', Element.All.Select(element => element.Symbol)));

    [Fact]
    public void Every_place_of_the_left_step_table_belongs_to_one_element_and_grows_with_the_atomic_number()
    {
        var places = Element.All.Select(element => (element.LeftStepRow, element.LeftStepColumn)).ToList();
        Assert.Equal(118, places.Distinct().Count());
        Assert.Equal(places.Order(), places); // row by row from the left, the atomic number goes up by one
        Assert.All(places, place => Assert.True(place is { LeftStepRow: >= 0 and < 8, LeftStepColumn: >= 0 and < 32 }));
        Assert.Equal([2, 2, 8, 8, 18, 18, 32, 30], places.GroupBy(place => place.LeftStepRow).Select(row => row.Count())); // 119 and 120 are unknown

        // Rows end at the s block, so they are full from some column on.
        foreach (var row in places.Where(place => place.LeftStepRow < 7).GroupBy(place => place.LeftStepRow))
        {
            Assert.Equal(Enumerable.Range(32 - row.Count(), row.Count()), row.Select(place => place.LeftStepColumn));
        }
    }

    [Theory]
    [InlineData("H", 0, 30)]
    [InlineData("He", 0, 31)]
    [InlineData("Be", 1, 31)]
    [InlineData("B", 2, 24)]
    [InlineData("Ne", 2, 29)]
    [InlineData("Mg", 2, 31)]
    [InlineData("Sc", 4, 14)]
    [InlineData("Zn", 4, 23)]
    [InlineData("La", 6, 0)]
    [InlineData("Yb", 6, 13)]
    [InlineData("Lu", 6, 14)]
    [InlineData("Hg", 6, 23)]
    [InlineData("Ac", 7, 0)]
    [InlineData("Og", 7, 29)]
    public void Corners_of_the_blocks_stand_where_Janet_put_them(string symbol, int row, int column)
    {
        var element = Element.FromSymbol(symbol);
        Assert.Equal((row, column), (element.LeftStepRow, element.LeftStepColumn));
    }

    [Fact]
    public void Periods_and_groups_are_those_of_the_usual_table()
    {
        int[] nobleGases = [2, 10, 18, 36, 54, 86, 118];
        Assert.Equal(nobleGases, Element.All.Where(element => element.Group == 18).Select(element => element.AtomicNumber));
        foreach (var element in Element.All)
        {
            Assert.Equal(1 + nobleGases.Count(last => last < element.AtomicNumber), element.Period);
            Assert.Equal(element.AtomicNumber is (>= 57 and <= 70) or (>= 89 and <= 102), element.Group == 0);
        }

        // Outside the f block a period and a group name one element.
        var main = Element.All.Where(element => element.Group > 0).ToList();
        Assert.Equal(main.Count, main.Select(element => (element.Period, element.Group)).Distinct().Count());
        Assert.Equal("H Li Na K Rb Cs Fr", string.Join(' ', main.Where(element => element.Group == 1)));
        Assert.Equal("Sc Y Lu Lr", string.Join(' ', main.Where(element => element.Group == 3)));
        Assert.Equal("Fe Ru Os Hs", string.Join(' ', main.Where(element => element.Group == 8)));
        Assert.Equal("O S Se Te Po Lv", string.Join(' ', main.Where(element => element.Group == 16)));
    }

    [Fact]
    public void Masses_and_radii_are_of_the_right_size()
    {
        foreach (var element in Element.All)
        {
            Assert.InRange(element.AtomicMass, 1.0 * element.AtomicNumber, 2.7 * element.AtomicNumber);
            Assert.InRange(element.CovalentRadius, 0.28, 2.60);
        }

        // Where the mass goes down although the number goes up, nature has it so: Ar-K, Co-Ni, Te-I and Th-Pa.
        var drops = Enumerable.Range(1, 91).Where(number => Element.FromAtomicNumber(number).AtomicMass > Element.FromAtomicNumber(number + 1).AtomicMass);
        Assert.Equal([18, 27, 52, 90], drops);
        int[] withoutStandardWeight = [43, 61, .. Enumerable.Range(84, 6), .. Enumerable.Range(93, 26)];
        Assert.Equal(withoutStandardWeight, Element.All.Where(element => !element.HasStandardAtomicWeight).Select(element => element.AtomicNumber));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("si")]
    [InlineData("SI")]
    [InlineData("X")]
    [InlineData("D")]
    [InlineData("H`")]
    [InlineData("H\uffff")]
    [InlineData("H ")]
    [InlineData("Uue")]
    [InlineData("ö")]
    public void What_is_no_symbol_is_refused(string? text)
    {
        Assert.False(Element.TryFromSymbol(text, out var element));
        Assert.Null(element);
        Assert.Contains($"\"{text}\"", Assert.Throws<ArgumentException>(() => Element.FromSymbol(text!)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(119)]
    [InlineData(-1)]
    public void What_is_no_atomic_number_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Element.FromAtomicNumber(number));
}
