using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Text files as data views.</summary>
public static class TextLoaderSaverCatalog
{
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog,
        string path,
        TextLoader.Column[] columns,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
    {
        CheckPath(path);
        var options = OptionsOf(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse);
        options.Columns = columns;
        return new TextLoader(options, samplePath: null).Load(path);
    }

    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
    {
        CheckPath(path);
        return new TextLoader(options, path).Load(path);
    }

    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog,
        string path,
        char separatorChar = '\t',
        bool hasHeader = false,
        bool allowQuoting = false,
        bool trimWhitespace = false,
        bool allowSparse = false)
    {
        CheckPath(path);
        return TextLoader.Of<TInput>(OptionsOf(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse)).Load(path);
    }

    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        CheckPath(path);
        return TextLoader.Of<TInput>(options ?? new TextLoader.Options()).Load(path);
    }

    private static TextLoader.Options OptionsOf(char separator, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse) => new()
    {
        Separators = [separator],
        HasHeader = hasHeader,
        AllowQuoting = allowQuoting,
        TrimWhitespace = trimWhitespace,
        AllowSparse = allowSparse,
    };

    private static void CheckPath(string path)
    {
        Contracts.CheckNonEmpty(path, nameof(path));
        if (File.Exists(path))
        {
            return;
        }

        if (path.AsSpan().IndexOfAny("*?+") >= 0)
        {
            throw new NotSupportedException($"This stand-in reads one file at a time, not '{path}'.");
        }

        throw new ArgumentOutOfRangeException(nameof(path), $"File or directory does not exist at path: {path}");
    }
}
