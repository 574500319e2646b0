using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Faithful.Service;

/// <summary>
/// The files that are part of the program: the page with its scripts, the example crystals, and the description of the interface. A name
/// is looked up among these and never becomes a path.
/// </summary>
internal static class EmbeddedFiles
{
    private const string ExamplePrefix = "example/";
    private const string PagePrefix = "page/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json",
        [".txt"] = "text/plain; charset=utf-8",
        [".poscar"] = "text/plain; charset=utf-8",
    };

    private static readonly Assembly Assembly = typeof(EmbeddedFiles).Assembly;
    private static readonly HashSet<string> Names = [.. Assembly.GetManifestResourceNames()];

    /// <summary>Gets the names of the example crystals.</summary>
    public static IEnumerable<string> Examples => Names
        .Where(name => name.StartsWith(ExamplePrefix, StringComparison.Ordinal))
        .Select(name => Path.GetFileNameWithoutExtension(name[ExamplePrefix.Length..]))
        .Order(StringComparer.Ordinal);

    /// <summary>Gets an example crystal.</summary>
    /// <param name="name">One of <see cref="Examples"/>.</param>
    /// <returns>Its POSCAR.</returns>
    public static byte[] Example(string name) => Read($"{ExamplePrefix}{name}.poscar");

    /// <summary>Answers with the page.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has it.</returns>
    public static Task PageAsync(HttpContext context) => SendAsync(context, $"{PagePrefix}index.html");

    /// <summary>Answers with a file of the page, named by the route.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has it.</returns>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public static Task PageFileAsync(HttpContext context) => SendAsync(context, $"{PagePrefix}{context.GetRouteValue("file")}");

    /// <summary>Answers with the description of the interface.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has it.</returns>
    public static Task OpenApiAsync(HttpContext context) => SendAsync(context, "openapi.json");

    /// <summary>Lists the example crystals.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has it.</returns>
    public static Task ExamplesAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartArray();
        foreach (string name in Examples)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    /// <summary>Answers with an example crystal, named by the route.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has it.</returns>
    /// <exception cref="ProblemException">There is none of this name.</exception>
    public static Task ExampleAsync(HttpContext context) => SendAsync(context, $"{ExamplePrefix}{context.GetRouteValue("name")}.poscar");

    private static async Task SendAsync(HttpContext context, string name)
    {
        if (!Names.Contains(name))
        {
            throw new ProblemException(ServiceProblem.NotFound, $"expected a file of the page or an example, found '{context.Request.Path}'");
        }

        byte[] content = Read(name);
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache"; // asks each time, and gets the file when it is another
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = Types[Path.GetExtension(name)];
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            content = Pack(content);
            context.Response.Headers.ContentEncoding = "gzip";
        }

        context.Response.Headers.Vary = "Accept-Encoding";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] Read(string name)
    {
        using Stream stream = Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
