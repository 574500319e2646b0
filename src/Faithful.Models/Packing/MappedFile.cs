using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Faithful.Models.Packing;

/// <summary>
/// A file mapped into memory for reading. Memory is reached through a <see cref="Lease"/>, which keeps it mapped: disposing of the
/// file while another thread reads lets that read end first.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file.</summary>
    /// <param name="stream">The file, which is closed; not empty.</param>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    public MappedFile(FileStream stream)
    {
        Length = stream.Length;
        using var file = MemoryMappedFile.CreateFromFile(
            stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read); // outlives the mapping
    }

    /// <summary>Gets the length of the file, bytes.</summary>
    public long Length { get; }

    /// <summary>Keeps the memory mapped until the lease is disposed of.</summary>
    /// <returns>The lease.</returns>
    /// <exception cref="ObjectDisposedException">The file was unmapped.</exception>
    public Lease Rent() => new(_view.SafeMemoryMappedViewHandle, Length);

    /// <inheritdoc/>
    public void Dispose() => _view.Dispose();

    /// <summary>The right to read the memory.</summary>
    public ref struct Lease
    {
        private readonly byte* _bytes;
        private readonly long _length;
        private SafeMemoryMappedViewHandle? _view;

        internal Lease(SafeMemoryMappedViewHandle view, long length)
        {
            _length = length;
            view.AcquirePointer(ref _bytes);
            _view = view;
        }

        /// <summary>Gets a part of the file.</summary>
        /// <param name="start">The first byte.</param>
        /// <param name="length">The number of bytes.</param>
        /// <returns>The bytes; not to be used after the lease.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the file.</exception>
        public readonly ReadOnlySpan<byte> Bytes(long start, int length)
        {
            ObjectDisposedException.ThrowIf(_view is null, typeof(MappedFile));
            ArgumentOutOfRangeException.ThrowIfNegative(start);
            ArgumentOutOfRangeException.ThrowIfNegative(length);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(start, _length - length);
            return new ReadOnlySpan<byte>(_bytes + start, length);
        }

        /// <summary>Gives the right back; a second time does nothing.</summary>
        public void Dispose()
        {
            _view?.ReleasePointer();
            _view = null;
        }
    }
}
