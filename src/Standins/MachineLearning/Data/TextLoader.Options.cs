namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>How a text file is laid out.</summary>
    public class Options
    {
        /// <summary>Fields may stand in double quotes, and then contain separators.</summary>
        public bool AllowQuoting;

        /// <summary>Lines may name the fields that are not zero. Not honoured by this stand-in.</summary>
        public bool AllowSparse;

        /// <summary>The number of fields; otherwise it is taken from the first lines where a column needs it.</summary>
        public int? InputSize;

        public char[] Separators = ['\t'];

        /// <summary>A point or a comma.</summary>
        public char DecimalMarker = '.';

        /// <summary>Without columns: a label, and the other fields as features.</summary>
        public Column[] Columns;

        /// <summary>White space at the end of a line does not count.</summary>
        public bool TrimWhitespace;

        public bool HasHeader;

        /// <summary>Makes no difference here: a file is read by one thread.</summary>
        public bool UseThreads = true;

        /// <summary>A quoted field may go on over several lines.</summary>
        public bool ReadMultilines;

        /// <summary>Not honoured by this stand-in.</summary>
        public string HeaderFile;

        public long? MaxRows;

        /// <summary>What stands before a quote that belongs to a quoted field.</summary>
        public char EscapeChar = '"';

        /// <summary>Empty fields of floating-point columns are NaN instead of 0.</summary>
        public bool MissingRealsAsNaNs;
    }
}
