using System.IO.Compression;
using System.Text;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats;

public sealed class PoscarReaderTests
{
    private const string Cell = "4 0 0\n0 5 0\n0 0 6\n";

    private static readonly Vector3D Half = new(0.5, 0.5, 0.5);

    [Fact]
    public void Vasp5_names_its_species_in_a_line()
    {
        var crystal = PoscarReader.Parse("salt\n1.0\n" + Cell + "Na Cl\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n");
        Assert.Equal("Na Cl", string.Join(' ', crystal.Species));
        Assert.Equal(new(4, 0, 0), crystal.Lattice.A);
        Assert.Equal(new(0, 0, 6), crystal.Lattice.C);
        Assert.Equal([Vector3D.Zero, Half], crystal.FractionalPositions.AsEnumerable());
    }

    [Theory]
    [InlineData("Na Cl", "Na Cl")]
    [InlineData(" Na\tCl ", "Na Cl")]
    [InlineData("Na_pv Cl", "Na Cl")]
    public void Vasp4_names_them_in_its_first_line_or_not_at_all(string comment, string species) =>
        Assert.Equal(species, string.Join(' ', PoscarReader.Parse(comment + "\n1.0\n" + Cell + "1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n").Species));

    [Theory]
    [InlineData("NaCl")]
    [InlineData("Na")]
    [InlineData("Na Cl O")]
    [InlineData("Na Cl rocksalt")]
    [InlineData("Na Xx")]
    [InlineData("")]
    public void A_file_that_names_no_species_is_never_guessed_at(string comment)
    {
        var text = comment + "\n1.0\n" + Cell + "1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n";
        var exception = Assert.Throws<CrystalFormatException>(() => PoscarReader.Parse(text));
        Assert.Equal((6, "a file that does not say which elements it holds"), (exception.Line, exception.Found));
        Assert.Contains("exactly 2 element symbols", exception.Expected, StringComparison.Ordinal);

        // Unless the caller says what the groups may stand for, and then the record says so, too.
        var options = new PoscarReaderOptions { PlaceholderSpecies = Element.All };
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var record = PoscarReader.TryRead(stream, "POSCAR", "x", options).GetRecordOrThrow();
        Assert.Equal("H He", string.Join(' ', record.Crystal.Species));
        Assert.Contains("H, He", Assert.Single(record.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fe_pv O")]
    [InlineData("Fe/4d8a1f2b O_s/77")]
    [InlineData("  Fe   O  ! iron first")]
    [InlineData("Fe O # iron first")]
    public void Names_of_potentials_mean_their_elements(string line) => Assert.Equal(
        "Fe O", string.Join(' ', PoscarReader.Parse("c\n1.0\n" + Cell + line + "\n1 1\nDirect\n0 0 0\n0.5 0.5 0.5\n").Species));

    [Theory]
    [InlineData("Cartesian")]
    [InlineData("cart")]
    [InlineData("  kartesisch")]
    [InlineData("K")]
    public void Cartesian_positions_are_scaled_like_the_vectors(string mode)
    {
        foreach (var scale in new[] { "2.0", "2", "2.0D0", "2 2 2", "-960", " -9.6E+02 ! volume" })
        {
            var crystal = PoscarReader.Parse("c\n" + scale + "\n" + Cell + "Na Cl\n1 1\n" + mode + "\n0 0 0\n2 2.5 3\n");
            Assert.Equal(960, crystal.Lattice.Volume, 1e-9);
            Assert.True((crystal.Lattice.Lengths - new Vector3D(8, 10, 12)).Length < 1e-12, scale);
            Assert.True((crystal.FractionalPositions[1] - Half).Length < 1e-12, scale);
        }
    }

    [Fact]
    public void A_negative_scale_is_the_volume_and_a_positive_one_a_factor()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomCrystals(seed);
            var crystal = random.Crystal(3, seed % 4);
            var text = PoscarWriter.ToText(crystal);
            var (volume, factor) = (random.Uniform(20, 2000), random.Uniform(0.8, 3));
            var byVolume = PoscarReader.Parse(WithScale(text, -volume));
            var byFactor = PoscarReader.Parse(WithScale(text, factor));
            Assert.Equal(volume, byVolume.Lattice.Volume, 1e-9 * volume);
            Assert.Equal(crystal.Lattice.Volume * Math.Pow(factor, 3), byFactor.Lattice.Volume, 1e-9 * byFactor.Lattice.Volume);
            Assert.True((crystal.Lattice.Angles - byVolume.Lattice.Angles).Length < 1e-5, $"seed {seed}");
            Assert.Equal(crystal.FractionalPositions.AsEnumerable(), byFactor.FractionalPositions);
        }
    }

    [Fact]
    public void Three_scales_stretch_the_components()
    {
        var crystal = PoscarReader.Parse("c\n2 3 0.5\n1 1 1\n0 1 0\n0 0 8\nSi\n1\nCartesian\n0.5 0.5 4\n");
        Assert.Equal(new(2, 3, 0.5), crystal.Lattice.A);
        Assert.Equal(new(0, 0, 4), crystal.Lattice.C);
        Assert.True((crystal.CartesianPosition(0) - new Vector3D(1, 1.5, 2)).Length < 1e-12);
    }

    [Theory]
    [InlineData("Selective dynamics\nDirect\n0 0 0 T T F\n0.5 0.5 0.5 F F F\n")]
    [InlineData("s\nd\n0 0 0 T T F\n0.5 0.5 0.5 F F F\n")]
    [InlineData("Direct\n0 0 0 Na1\n0.5 0.5 0.5 Cl1\n")]
    [InlineData("Direct\n0 0 0 ! at the origin\n0.5 0.5 0.5 # in the middle\n")]
    [InlineData("Direct configuration=     1\n\t0\t0\t0\n.5 5.D-1 +0.5e0\n")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5\n\n 0.1 0.2 0.3\n 0.1 0.2 0.3\n")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5\nCartesian\n 0.1 0.2 0.3\n")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5\nLattice velocities and vectors\n 1\n 0.1 0.2 0.3\n")]
    [InlineData("Direct\n0 0 0\n0.5 0.5 0.5")]
    public void Flags_comments_and_velocities_do_not_matter(string end)
    {
        foreach (var text in new[] { "c\n1.0\n" + Cell + "Na Cl ! salt\n1 1 ! atoms\n" + end, "\n 1.0 scale\n" + Cell + "Na Cl\n 1 1\n" + end })
        {
            foreach (var lineEnd in new[] { "\n", "\r\n", "\r" })
            {
                var crystal = PoscarReader.Parse(text.Replace("\n", lineEnd, StringComparison.Ordinal));
                Assert.Equal([Vector3D.Zero, Half], crystal.FractionalPositions.AsEnumerable());
            }
        }
    }

    [Theory]
    [InlineData("", 0, "a POSCAR", "an empty file")]
    [InlineData(" \n\r\n\t\n", 0, "a POSCAR", "nothing but blank lines")]
    [InlineData("PK\u0003\u0004\0\0data", 0, "a POSCAR", "a binary file")]
    [InlineData("Dear Sir or Madam,\nthank you for the crystals.\nYours", 2, "a scale", "\"thank you for the crystals.\"")]
    [InlineData("c", 2, "a scale", "the end of the file")]
    [InlineData("c\n0\n", 2, "a scale", "\"0\"")]
    [InlineData("c\n1 2\n", 2, "a scale", "\"1 2\"")]
    [InlineData("c\n1 2 -3\n", 2, "a scale", "\"1 2 -3\"")]
    [InlineData("c\n1 2 3 4\n", 2, "a scale", "\"1 2 3 4\"")]
    [InlineData("c\nNaN\n", 2, "a scale", "\"NaN\"")]
    [InlineData("c\n1e999\n", 2, "a scale", "\"1e999\"")]
    [InlineData("c\n1\n1 0 0\n0 1\n0 0 1\n", 4, "a lattice vector", "\"0 1\"")]
    [InlineData("c\n1\n1 0 0\n0 nan 0\n0 0 1\n", 4, "a lattice vector: 3 finite numbers", "\"0 nan 0\"")]
    [InlineData("c\n1\n1 0 0\n0 1,5 0\n0 0 1\n", 4, "a lattice vector", "\"0 1,5 0\"")]
    [InlineData("c\n1\n1 0 0\n0 1 0\n", 5, "a lattice vector", "the end of the file")]
    [InlineData("c\n1\n1 0 0\n2 0 0\n0 0 1\nSi\n1\nDirect\n0 0 0\n", 3, "three basis vectors that span a volume", "a volume of 0")]
    [InlineData("c\n-40\n1 2 3\n4 5 6\n7 8 9\nSi\n1\nDirect\n0 0 0\n", 3, "three basis vectors that span a volume", "a volume of")]
    [InlineData("c\n1e9\n1 0 0\n0 1 0\n0 0 1\nSi\n1\nDirect\n0 0 0\n", 3, "basis vectors of finite numbers", "(1000000000, 0, 0)")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\n", 6, "element symbols or counts", "the end of the file")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Xy\n1 1\n", 6, "element symbols", "\"Xy\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSI\n1\n", 6, "element symbols", "\"SI\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\n\n1\n", 6, "element symbols", "a blank line")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n2\nDirect\n", 7, "2 counts of atoms, one for each species", "\"2\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n1 1 1\nDirect\n", 7, "2 counts of atoms, one for each species", "\"1 1 1\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n1 0\nDirect\n", 7, "2 counts of atoms", "\"1 0\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n1 -1\nDirect\n", 7, "2 counts of atoms", "\"1 -1\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nNa Cl\n1 1.5\nDirect\n", 7, "2 counts of atoms", "\"1 1.5\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n99999999999999999999\nDirect\n0 0 0\n", 7, "1 counts of atoms", "\"99999999999999999999\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi O\n999999999 999999999\nDirect\n0 0 0\n", 7, "fewer than 1e9 atoms", "\"999999999 999999999\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n999999999\nDirect\n0 0 0\n", 10, "999999999 coordinate lines, as the counts say", "1")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n2\nDirect\n0 0 0\n\n0.5 0.5 0.5\n", 10, "2 coordinate lines, as the counts say", "1")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nDirect\n0 0 0\n0.5 0.5 0.5\n", 10, "the end of the 1 coordinate lines", "\"0.5 0.5 0.5\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\n0 0 0\n", 8, "Direct or Cartesian", "\"0 0 0\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nSelective\n0 0 0\n", 9, "Direct or Cartesian", "\"0 0 0\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\n", 8, "Direct or Cartesian", "the end of the file")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nDirect\n0.5 x\n", 9, "3 coordinates of atom 1 of 1", "\"0.5 x\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nDirect\n0 NaN 0\n", 9, "3 finite coordinates", "\"0 NaN 0\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nDirect\n0 -Infinity 0\n", 9, "3 finite coordinates", "\"0 -Infinity 0\"")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n1\nDirect\n0 1e99 0\n", 9, "fractional coordinates of finite numbers", "(0, 1E+99, 0)")]
    [InlineData("c\n1\n4 0 0\n0 5 0\n0 0 6\nSi\n3\nDirect\n0.1 0 0\n0.5 0.5 0.5\n1.1 0 1\n", 11, "atoms at least 0.005 Å apart", "0.0000 Å between atoms 1 and 3")]
    public void A_bad_file_is_named_with_line_expectation_and_finding(string text, int line, string expected, string found)
    {
        var exception = Assert.Throws<CrystalFormatException>(() => PoscarReader.Parse(text, "folder/POSCAR"));
        Assert.Equal("folder/POSCAR", exception.File);
        Assert.Equal(line, exception.Line);
        Assert.StartsWith(expected, exception.Expected, StringComparison.Ordinal);
        Assert.StartsWith(found, exception.Found, StringComparison.Ordinal);
        var place = line > 0 ? $"folder/POSCAR({line})" : "folder/POSCAR";
        Assert.Equal($"{place}: expected {exception.Expected}, found {exception.Found}", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    // Whatever is cut out of a good file, or put into it, the answer is a crystal or an error, and nothing else.
    [Fact]
    public void A_damaged_file_never_does_worse_than_an_error()
    {
        const string Noise = "\0-9eNaN. \t\n\r∞D";
        var good = PoscarWriter.ToText(new RandomCrystals(1).Crystal(6), "comment");
        var random = new Random(7);
        var errors = 0;
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder(good);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                var start = random.Next(text.Length);
                var length = Math.Min(random.Next(1, 30), text.Length - start);
                switch (random.Next(3))
                {
                    case 0:
                        text.Remove(start, length);
                        break;
                    case 1:
                        text.Insert(start, Noise[random.Next(Noise.Length)]);
                        break;
                    default:
                        text.Insert(start, text.ToString(start, length));
                        break;
                }

                text.Append(' ');
            }

            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
            errors += PoscarReader.TryRead(stream, "POSCAR", "x").IsSuccess ? 0 : 1;
        }

        Assert.InRange(errors, 500, 2999);
    }

    [Fact]
    public void Reading_stops_at_the_length_limit()
    {
        using var endless = new MemoryStream(new byte[100_000]);
        var error = PoscarReader.TryRead(endless, "POSCAR", "x", new() { MaximumLength = 1000 }).Error;
        Assert.Equal("a POSCAR of at most 1000 characters", error!.Expected);
    }

    [Fact]
    public void Files_may_be_gzipped_or_have_a_byte_order_mark()
    {
        using var folder = new TemporaryFolder();
        var crystal = new RandomCrystals(2).Crystal(3);
        File.WriteAllText(folder["a.vasp"], PoscarWriter.ToText(crystal), new UTF8Encoding(true));
        using (var zip = new GZipStream(File.Create(folder["b.vasp.gz"]), CompressionLevel.Fastest))
        {
            zip.Write(Encoding.UTF8.GetBytes(PoscarWriter.ToText(crystal)));
        }

        foreach (var name in new[] { "a.vasp", "b.vasp.gz" })
        {
            Assert.Equal(crystal.FractionalPositions.AsEnumerable(), PoscarReader.Read(folder[name]).Crystal.FractionalPositions);
        }

        Assert.Equal("nothing of this name", PoscarReader.TryRead(folder["c"]).Error!.Found);
        Assert.Equal("an empty file", PoscarReader.TryRead(folder.Write("d", string.Empty)).Error!.Found);
    }

    [Fact]
    public void Atoms_closer_than_any_bond_are_a_warning()
    {
        using var stream = new MemoryStream("c\n1.0\n4 0 0\n0 5 0\n0 0 6\nSi\n2\nDirect\n0 0 0\n0.1 0 0\n"u8.ToArray());
        Assert.Contains("0.400 Å", Assert.Single(PoscarReader.TryRead(stream, "POSCAR", "x").Record!.Warnings), StringComparison.Ordinal);
    }

    private static string WithScale(string text, double scale) =>
        text.Replace("\n1.0\n", FormattableString.Invariant($"\n{scale:R}\n"), StringComparison.Ordinal);
}
