namespace Microsoft.ML.Data;

public sealed partial class TextLoader
{
    /// <summary>Fields of a line, counted from 0. Neither a last field nor an end of the line means one field.</summary>
    public sealed class Range
    {
        public int Min;

        /// <summary>Included.</summary>
        public int? Max;

        /// <summary>Up to the last field of the file.</summary>
        public bool AutoEnd;

        /// <summary>Up to the last field of each line.</summary>
        public bool VariableEnd;

        /// <summary>The fields that no other range names.</summary>
        public bool AllOther;

        /// <summary>A vector even where it is one field.</summary>
        public bool ForceVector;

        public Range()
        {
        }

        public Range(int index)
        {
            Contracts.CheckParam(index >= 0, nameof(index), $"Must be non-negative, not {index}.");
            Min = index;
            Max = index;
        }

        public Range(int min, int? max)
        {
            Contracts.CheckParam(min >= 0, nameof(min), $"Must be non-negative, not {min}.");
            Contracts.CheckParam(!(max < min), nameof(max), $"If specified, must be greater than or equal to {nameof(min)} {min}, not {max}.");
            Min = min;
            Max = max;
            ForceVector = true;
            AutoEnd = max is null;
        }
    }
}
