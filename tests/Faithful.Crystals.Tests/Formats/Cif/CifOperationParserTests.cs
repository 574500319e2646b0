using Faithful.Crystals.Formats.Cif;

namespace Faithful.Crystals.Tests.Formats.Cif;

public sealed class CifOperationParserTests
{
    [Theory]
    [InlineData("x,y,z", "1 0 0 0 1 0 0 0 1", 0, 0, 0)]
    [InlineData("-x+1/2, y, z+0.5", "-1 0 0 0 1 0 0 0 1", 0.5, 0, 0.5)]
    [InlineData("1/2+X,-Y , +Z", "1 0 0 0 -1 0 0 0 1", 0.5, 0, 0)]
    [InlineData("x-y,x,z+1/6", "1 -1 0 1 0 0 0 0 1", 0, 0, 1.0 / 6)]
    [InlineData(" - y + 0.3333 , x-y+.6667, z-1/3 ", "0 -1 0 1 -1 0 0 0 1", 1.0 / 3, 2.0 / 3, 2.0 / 3)]
    [InlineData("1*x,y,z/1", "1 0 0 0 1 0 0 0 1", 0, 0, 0)]
    [InlineData("x+y+z,-z,-y", "1 1 1 0 0 -1 0 -1 0", 0, 0, 0)]
    [InlineData("x+2x-x-1x,y,z+5/4", "1 0 0 0 1 0 0 0 1", 0, 0, 0.25)]
    [InlineData("x+0.2,y-1,z", "1 0 0 0 1 0 0 0 1", 0.2, 0, 0)]
    public void Operations_are_read_in_any_spelling(string text, string rotation, double x, double y, double z)
    {
        var operation = CifOperationParser.TryParse(text)!;
        Assert.Equal(rotation, string.Join(' ', operation.Rotation));
        Assert.Equal(new(x, y, z), operation.Translation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x,y")]
    [InlineData("x,y,z,+1")]
    [InlineData("x,y,z,")]
    [InlineData("x;y;z")]
    [InlineData("x,y,y")]
    [InlineData("2x,y,z")]
    [InlineData("x/2,y,z")]
    [InlineData("0,y,z")]
    [InlineData("x,y,z+")]
    [InlineData("x,y,z 1/2")]
    [InlineData("x,y,z+1/0")]
    [InlineData("x,y,z+1/")]
    [InlineData("x,y,z+1.2.3")]
    [InlineData("xy,y,z")]
    [InlineData("a,b,c")]
    [InlineData("2*,y,z")]
    [InlineData("x,y,z+1e9")]
    public void Anything_else_is_none(string text) => Assert.Null(CifOperationParser.TryParse(text));

    [Fact]
    public void Groups_are_closed_or_none()
    {
        Assert.Equal(4, Group("x,y,z", "-x,-y,z", "-x,-y,-z", "x,y,-z")!.Operations.Length);
        Assert.Equal(2, Group("-x,-y,-z", "x,y,z", "-x+1,-y,-z", "x,y,z")!.Operations.Length); // each counts once
        Assert.Equal("1 0 0 0 1 0 0 0 1", string.Join(' ', Group("-x,-y,-z", "x,y,z")!.Operations[0].Rotation));
        Assert.Null(Group("-x,-y,-z"));
        Assert.Null(Group("x,y,z", "-x,-y,z", "-x,y,-z"));
        Assert.Null(Group("x,y,z", "x+y,y,z"));
        Assert.Null(Group("x,y,z", "2x+y,x+y,z")); // of infinite order, with numbers that grow fast
        Assert.Equal(5, Group("x,y,z", "x+0.2,y,z", "x+0.4,y,z", "x+0.6,y,z", "x+0.8,y,z")!.Operations.Length);
        Assert.Equal(3, Group("x,y,z", "x+0.333,y+.667,z", "x+0.667,y+.333,z")!.Operations.Length);
        Assert.Equal(0UL, Group("x,y,z", "x+0.2,y,z", "x+0.4,y,z", "x+0.6,y,z", "x+0.8,y,z")!.Signature.Hash);
    }

    [Theory]
    [InlineData("-P 2ybc", "x,y,z", "-x,-y,-z", "-x,y+1/2,-z+1/2", "x,-y+1/2,z+1/2")]
    [InlineData("P 2 (x+1/4,y,z)", "x,y,z", "-x+1/2,-y,z")]
    [InlineData("P 2 (3 0 0)", "x,y,z", "-x+1/2,-y,z")]
    [InlineData("P 2 (z,x,y)", "x,y,z", "x,-y,-z")]
    [InlineData("P_-2yac", "x,y,z", "x+1/2,-y,z+1/2")]
    public void Hall_symbols_mean_operations(string symbol, params string[] operations) =>
        Assert.Equal(Group(operations)!.Signature, HallSymbol.TryParse(symbol)!.Signature);

    [Theory]
    [InlineData("")]
    [InlineData("Q 2")]
    [InlineData("P 5")]
    [InlineData("P 2q")]
    [InlineData("P 2 (1 2)")]
    [InlineData("P 2 (x,x,z)")]
    [InlineData("P 2 (1 2 3")]
    [InlineData("P 42 2 3 4 6 1")]
    [InlineData("P 4x 3y 6z 4y")]
    [InlineData("--P 2")]
    public void Other_texts_are_no_Hall_symbols(string symbol) => Assert.Null(HallSymbol.TryParse(symbol));

    private static CifSpaceGroup? Group(params string[] operations) =>
        CifSpaceGroup.FromList([.. operations.Select(text => CifOperationParser.TryParse(text)!)]);
}
