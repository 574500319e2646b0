using Faithful.Service.Metrics;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Faithful.Service;

/// <summary>What holds for every request: headers that keep browsers from other addresses, problems instead of exceptions, and the count of answers.</summary>
/// <param name="metrics">Counts answers.</param>
/// <param name="log">Takes a line for each fault that nobody foresaw.</param>
internal sealed class ServiceMiddleware(ServiceMetrics metrics, Action<string> log)
{
    /// <summary>What the page may load: its own files, and pictures that its scripts make. Nothing from another address, no script inside the page.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const int ClientLeft = 499; // as nginx counts it; nobody sees the answer

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="next">What comes after.</param>
    /// <returns>A task that ends when the request is answered.</returns>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        int? status = null;
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.GetEndpoint() is null or { DisplayName: "405 HTTP Method Not Supported" } && !context.Response.HasStarted)
            {
                await AnswerAsync(context, Unrouted(context)).ConfigureAwait(false);
            }
        }
        catch (ProblemException problem)
        {
            await AnswerAsync(context, problem).ConfigureAwait(false);
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(context, new ProblemException(Kind(error.StatusCode), error.Message)).ConfigureAwait(false);
        }
        catch (Exception error) when (context.RequestAborted.IsCancellationRequested && error is OperationCanceledException or IOException)
        {
            status = ClientLeft;
        }
        catch (Exception error)
        {
            log($"error: {context.Request.Method} {context.Request.Path}: {error.GetType().Name}: {error.Message}");
            await AnswerAsync(context, new ProblemException(ServiceProblem.Internal, $"{error.GetType().Name}: {error.Message}")).ConfigureAwait(false);
        }

        metrics.Request((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "", status ?? context.Response.StatusCode);
    }

    private static async Task AnswerAsync(HttpContext context, ProblemException problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort(); // half an answer must not pass for a whole one
            return;
        }

        try
        {
            await JsonAnswer.WriteAsync(context, problem).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // The client did not wait for the answer.
        }
    }

    private static ProblemException Unrouted(HttpContext context) => context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed
        ? new ProblemException(ServiceProblem.MethodNotAllowed, $"{context.Request.Path}: expected {context.Response.Headers.Allow}, found {context.Request.Method}")
        : new ProblemException(ServiceProblem.NotFound, $"expected an address that /openapi.json lists, found {context.Request.Path}");

    private static ServiceProblem Kind(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => ServiceProblem.SlowRequest,
        StatusCodes.Status413PayloadTooLarge => ServiceProblem.TooLarge,
        _ => ServiceProblem.BadRequest,
    };
}
