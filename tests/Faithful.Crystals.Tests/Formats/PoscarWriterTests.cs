using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;
using FsCheck.Xunit;

namespace Faithful.Crystals.Tests.Formats;

public sealed class PoscarWriterTests
{
    [Property(Arbitrary = [typeof(CrystalArbitrary)], MaxTest = 200, Replay = "20253,7")]
    public void What_is_written_is_read_to_the_last_bit(SeededCrystal sample)
    {
        var crystal = sample.Crystal;
        var text = PoscarWriter.ToText(crystal);
        var again = PoscarReader.Parse(text);
        Assert.Equal(crystal.Species.AsEnumerable(), again.Species);
        Assert.Equal(crystal.FractionalPositions.AsEnumerable(), again.FractionalPositions);
        Assert.Equal((crystal.Lattice.A, crystal.Lattice.B, crystal.Lattice.C), (again.Lattice.A, again.Lattice.B, again.Lattice.C));
        Assert.Equal(text, PoscarWriter.ToText(again));
    }

    [Fact]
    public void A_file_appears_complete_or_not_at_all()
    {
        using var folder = new TemporaryFolder();
        var crystal = new RandomCrystals(1).Crystal(2);
        PoscarWriter.Write(folder["POSCAR"], crystal, "a comment");
        PoscarWriter.Write(folder["POSCAR"], crystal, "another comment");
        Assert.StartsWith("another comment\n1.0\n", File.ReadAllText(folder["POSCAR"]), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PoscarWriter.Write(folder["b"], crystal, "two\nlines"));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
