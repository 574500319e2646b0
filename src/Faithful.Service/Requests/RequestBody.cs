using Faithful.Service.Batching;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;

namespace Faithful.Service.Requests;

/// <summary>Reads the body of a request into memory, no more of it than the limit and no more than the budget has.</summary>
internal static class RequestBody
{
    private const int FirstBlock = 1 << 14;

    /// <summary>Reads a body. What is reserved grows with what came, so that a slow client holds no more than it has sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The largest size in bytes.</param>
    /// <param name="share">What the request has of the budget of memory.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ProblemException">The body is too long, or too many others are in memory.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, BudgetShare share, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            throw TooLong(limit, $"{request.ContentLength}");
        }

        byte[] buffer = [];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                int size = (int)Math.Min(Math.Max(FirstBlock, 2L * length), limit + 1L);
                if (!share.TryTake(size - length))
                {
                    throw new ProblemException(ServiceProblem.Busy, "other requests hold all the memory that requests may take; try again");
                }

                Array.Resize(ref buffer, size);
            }

            int read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > limit)
            {
                throw TooLong(limit, "more");
            }
        }
    }

    private static ProblemException TooLong(int limit, string found) =>
        new(ServiceProblem.TooLarge, $"expected a body of at most {limit} bytes, found {found}");
}
