using System.Text;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Faithful.Service.Requests;

/// <summary>Tells by its media type what the body of a POST /predict is: a list of structures in JSON, the text of one, or a form with files.</summary>
internal static class RequestParser
{
    private const string Multipart = "multipart/form-data";

    private const string Taken =
        "application/json, text/plain, chemical/x-poscar, chemical/x-cif, chemical/x-xyz, application/x-ndjson, application/octet-stream or multipart/form-data";

    /// <summary>Refuses a body by its headers, before it is read.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ProblemException">The body is of a kind that is not taken.</exception>
    public static void CheckHeaders(HttpRequest request)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(ServiceProblem.UnsupportedMedia, $"Content-Encoding: expected none, found '{encoding}'");
        }

        _ = FormatOf(request);
    }

    /// <summary>Parses a body.</summary>
    /// <param name="request">The request; models and an id may stand in its query.</param>
    /// <param name="body">The body.</param>
    /// <returns>What it asks for.</returns>
    /// <exception cref="ProblemException">The body is malformed.</exception>
    public static PredictRequest Parse(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        PredictRequest parsed = (FormatOf(request), request.ContentType) switch
        {
            (null, _) => ParseForm(request, body),
            (StructureFormat.Json, not null and string type) when IsJson(type) => JsonRequest.Parse(body, IdOf(request)),
            (StructureFormat format, _) => new PredictRequest { Structures = [new StructureText(IdOf(request), format, body)] },
        };
        string[] models = [.. request.Query["model"].OfType<string>()];
        return parsed with
        {
            Models = models.Length > 0 ? models : parsed.Models,
            WithCrystal = request.Query["include"].Contains("crystal"),
        };
    }

    private static string IdOf(HttpRequest request) => request.Query["id"] is [string id, ..] && id.Length > 0 ? id : StructureText.StandardId;

    /// <summary>Gets the format that the media type names; null for a form.</summary>
    private static StructureFormat? FormatOf(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            return StructureFormat.Auto;
        }

        string type = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType.ToString().ToLowerInvariant() : "";
        return type switch
        {
            "text/plain" or "application/octet-stream" or "chemical/x-xyz" => StructureFormat.Auto,
            "chemical/x-poscar" or "chemical/x-vasp" => StructureFormat.Poscar,
            "chemical/x-cif" => StructureFormat.Cif,
            "application/x-ndjson" or "application/jsonl" => StructureFormat.Json,
            _ when IsJson(type) => StructureFormat.Json,
            Multipart => null,
            _ => throw new ProblemException(
                ServiceProblem.UnsupportedMedia,
                $"Content-Type: expected {Taken}, found '{request.ContentType}' (curl: -F file=@POSCAR, or --data-binary @POSCAR -H 'Content-Type: text/plain')"),
        };
    }

    private static bool IsJson(string type) =>
        type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every part with a file name is a structure, every part called <c>model</c> the name of a model.</summary>
    private static PredictRequest ParseForm(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        string boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary).ToString();
        if (boundary.Length is 0 or > 200)
        {
            throw ProblemException.Malformed("Content-Type", "a boundary of 1 to 200 characters", $"{boundary.Length} characters");
        }

        List<StructureText> structures = [];
        List<string> models = [];
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            var reader = new MultipartReader(boundary, stream);
            // The stream is in memory: nothing of this waits.
            while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is MultipartSection section)
            {
                using var content = new MemoryStream();
                section.Body.CopyTo(content);
                if (section.GetContentDispositionHeader() is not { } disposition)
                {
                    throw ProblemException.Malformed("form", "parts with a Content-Disposition", "one without");
                }

                if (disposition.IsFileDisposition())
                {
                    string name = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileName).ToString());
                    structures.Add(new StructureText(IdOf(name), StructureFormat.Auto, content.ToArray()));
                }
                else if (disposition.Name == "model")
                {
                    models.Add(Encoding.UTF8.GetString(content.ToArray()));
                }
                else
                {
                    throw ProblemException.Malformed("form", "files, and fields called model", $"a field '{disposition.Name}'");
                }
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw ProblemException.Malformed("form", "parts as RFC 7578 has them", error.Message);
        }

        return new PredictRequest { Structures = structures, Models = models.Count > 0 ? models : null, IsList = true };
    }

    /// <summary>The name of a file without the extension of a crystal format, as `predict` names crystals.</summary>
    private static string IdOf(string name)
    {
        string[] extensions = [".vasp", ".poscar", ".contcar", ".cif", ".xyz", ".extxyz", ".json", ".jsonl"];
        string extension = Path.GetExtension(name);
        string id = extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? name[..^extension.Length] : name;
        return id.Length > 0 ? id : StructureText.StandardId;
    }
}
