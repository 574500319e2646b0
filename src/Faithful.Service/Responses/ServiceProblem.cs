namespace Faithful.Service.Responses;

/// <summary>The kinds of problems that answers name, with their HTTP status.</summary>
internal sealed record ServiceProblem
{
    /// <summary>The request is not of the form that the interface has.</summary>
    public static readonly ServiceProblem BadRequest = new("bad-request", 400, "The request is malformed");

    /// <summary>There is no model of this name.</summary>
    public static readonly ServiceProblem UnknownModel = new("unknown-model", 404, "There is no model of this name");

    /// <summary>There is nothing at this address.</summary>
    public static readonly ServiceProblem NotFound = new("not-found", 404, "There is nothing at this address");

    /// <summary>The address does not take this method.</summary>
    public static readonly ServiceProblem MethodNotAllowed = new("method-not-allowed", 405, "The address does not take this method");

    /// <summary>The client was too slow.</summary>
    public static readonly ServiceProblem SlowRequest = new("slow-request", 408, "The request came too slowly");

    /// <summary>The request is too large.</summary>
    public static readonly ServiceProblem TooLarge = new("too-large", 413, "The request is too large");

    /// <summary>The body is of a kind that is not taken.</summary>
    public static readonly ServiceProblem UnsupportedMedia = new("unsupported-media-type", 415, "The body is of a kind that is not taken");

    /// <summary>The structure cannot be read, or is none that could be predicted.</summary>
    public static readonly ServiceProblem Structure = new("structure", 422, "The structure cannot be read");

    /// <summary>A model fails for the structure.</summary>
    public static readonly ServiceProblem Model = new("model", 500, "A model fails for this structure");

    /// <summary>The program has a fault.</summary>
    public static readonly ServiceProblem Internal = new("internal", 500, "The service failed");

    /// <summary>The service has as much to do as it can.</summary>
    public static readonly ServiceProblem Busy = new("busy", 503, "The service is busy");

    /// <summary>The request took too long.</summary>
    public static readonly ServiceProblem Timeout = new("timeout", 504, "The request took too long");

    private ServiceProblem(string name, int status, string title) => (Name, Status, Title) = (name, status, title);

    /// <summary>Gets the kinds.</summary>
    public static IReadOnlyList<ServiceProblem> All { get; } =
    [
        BadRequest, UnknownModel, NotFound, MethodNotAllowed, SlowRequest, TooLarge, UnsupportedMedia, Structure, Model, Internal, Busy, Timeout,
    ];

    /// <summary>Gets the name, which ends <see cref="Type"/>.</summary>
    public string Name { get; }

    /// <summary>Gets the HTTP status.</summary>
    public int Status { get; }

    /// <summary>Gets the title.</summary>
    public string Title { get; }

    /// <summary>Gets the type as RFC 9457 has it: a name that does not change.</summary>
    public string Type => $"urn:faithful:problem:{Name}";
}
