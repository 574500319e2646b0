using System.Diagnostics;
using System.Globalization;
using Faithful.Service.Batching;
using Faithful.Service.Metrics;
using Faithful.Service.Requests;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;

namespace Faithful.Service;

/// <summary>POST /predict.</summary>
/// <param name="engine">Predicts.</param>
/// <param name="options">The limits.</param>
/// <param name="metrics">Counts what was predicted.</param>
internal sealed class PredictEndpoint(PredictEngine engine, ServiceOptions options, ServiceMetrics metrics)
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has the answer.</returns>
    /// <exception cref="ProblemException">The request cannot be answered.</exception>
    public async Task HandleAsync(HttpContext context)
    {
        long started = Stopwatch.GetTimestamp();
        RequestParser.CheckHeaders(context.Request);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(options.Timeout);
        using var memory = new BudgetShare(engine.Memory);
        PredictRequest request;
        PredictResult[] results;
        try
        {
            ReadOnlyMemory<byte> body = await RequestBody.ReadAsync(context.Request, options.MaxBodyBytes, memory, timeout.Token).ConfigureAwait(false);
            (request, results) = await engine.PredictAsync(() => RequestParser.Parse(context.Request, body), memory, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new ProblemException(
                ServiceProblem.Timeout, string.Create(CultureInfo.InvariantCulture, $"expected an answer within {options.Timeout.TotalSeconds} s, found none"));
        }
        finally
        {
            await timeout.CancelAsync().ConfigureAwait(false); // where one structure ended the request, the others leave the queues
        }

        int bad = results.Count(result => result.Problem is not null);
        metrics.Predicted(Stopwatch.GetElapsedTime(started), results.Length - bad, bad);
        if (!request.IsList && results is [{ Problem: ProblemException problem }])
        {
            throw problem;
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("results");
            foreach (PredictResult result in results)
            {
                result.Write(json, request.WithCrystal);
            }

            json.WriteEndArray();
            json.WriteNumber("errors", bad);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }
}
