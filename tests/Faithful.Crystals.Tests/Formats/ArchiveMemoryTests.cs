using System.Formats.Tar;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Testing;

namespace Faithful.Crystals.Tests.Formats;

/// <summary>What archives cost; measured while no other test runs.</summary>
[Collection(nameof(ArchiveMemoryTests))]
[CollectionDefinition(nameof(ArchiveMemoryTests), DisableParallelization = true)]
public class ArchiveMemoryTests
{
    private static readonly byte[] Poscar = ArchiveFile.Utf8(PoscarWriter.ToText(new RandomCrystals(1).Crystal(3)));

    [Fact]
    public void A_bomb_is_refused_before_it_costs_memory()
    {
        var options = new CrystalSourceOptions { MaximumUnpackedLength = 4 << 20, MaterialsJson = new() { Threads = 1 } };
        foreach (var letter in new byte[] { 0, (byte)'\n' })
        {
            var bomb = new byte[40 << 20];
            Array.Fill(bomb, letter);
            foreach (var archive in new[] { ArchiveFile.Gzip(bomb), ArchiveFile.Zip(("a.vasp", bomb), ("b.jsonl", bomb)), ArchiveFile.Gzip(ArchiveFile.Tar(("a.vasp", bomb), ("b.jsonl", bomb))) })
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var results = CrystalSource.Read(new ForwardOnlyStream(archive, 1 << 16), "x", "x", options).ToList();
                Assert.All(results, result => Assert.False(result.IsSuccess));
                Assert.NotEmpty(results);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
            }
        }
    }

    [Theory]
    [InlineData('0')]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    [InlineData('S')]
    [InlineData('5')]
    public void A_tar_header_that_states_gigabytes_costs_nothing(char kind)
    {
        byte[] archive = [.. ArchiveFile.TarHeader(kind, 6_000_000_000), .. new byte[512]];
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.All(CrystalSource.Read(new ForwardOnlyStream(archive), "x", "x").ToList(), result => Assert.False(result.IsSuccess));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
    }

    [Fact]
    public void Memory_stays_flat_however_large_the_archive()
    {
        var (small, large) = (Cost(300), Cost(3000));
        Assert.True(large < small + (2 << 20), $"{small} bytes live with 300 entries, {large} with 3000");

        static long Cost(int count)
        {
            using var stream = new TarStream(count);
            var (read, peak) = (0, 0L);
            var start = GC.GetTotalMemory(forceFullCollection: true);
            foreach (var result in CrystalSource.Read(stream, "x.tar", "x"))
            {
                Assert.True(result.IsSuccess, result.Error?.Message);
                if (++read % (count / 3) == 0)
                {
                    peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - start);
                }
            }

            Assert.Equal(count, read);
            return peak;
        }
    }

    // A tar archive of POSCAR files that is made while it is read.
    private sealed class TarStream(int count) : Stream
    {
        private readonly Queue<byte> pending = [];
        private int made;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int size)
        {
            if (pending.Count == 0 && made <= count)
            {
                // Without the two blocks of zeros after each.
                var bytes = made < count ? ArchiveFile.Tar(TarEntryFormat.Ustar, ($"{made}.vasp", Poscar))[..^1024] : new byte[1024];
                made++;
                foreach (var value in bytes)
                {
                    pending.Enqueue(value);
                }
            }

            var length = Math.Min(size, pending.Count);
            for (var index = 0; index < length; index++)
            {
                buffer[offset + index] = pending.Dequeue();
            }

            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
