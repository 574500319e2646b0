using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Faithful.Service.Responses;

/// <summary>Writes answers in JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one document.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="write">Writes the document's value.</param>
    /// <param name="contentType">The media type.</param>
    /// <returns>A task that ends when the client has it.</returns>
    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write, string contentType = ContentType)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Writes a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="problem">The problem.</param>
    /// <returns>A task that ends when the client has it.</returns>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        if (problem.Problem == ServiceProblem.Busy)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        return WriteAsync(context, problem.Problem.Status, json => ProblemJson.Write(json, problem), ProblemJson.ContentType);
    }
}
