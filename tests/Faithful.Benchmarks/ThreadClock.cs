using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Faithful.Benchmarks;

/// <summary>The processor time of the calling thread: work of other programs does not count, nor does that of other threads.</summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3; // CLOCK_THREAD_CPUTIME_ID of Linux

    /// <summary>Gets the time so far.</summary>
    /// <returns>Seconds; on other systems than 64-bit Linux those of the clock on the wall.</returns>
    public static double Seconds() =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && GetTime(ThreadProcessorTime, out Time time) == 0
            ? time.Seconds + 1e-9 * time.Nanoseconds
            : (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
