namespace Microsoft.ML.AutoML;

public partial class AutoMLExperiment
{
    public class AutoMLExperimentSettings : ExperimentSettings
    {
        /// <summary>The seed of the tuners; that of the context where none is given.</summary>
        public int? Seed { get; set; }

        public SearchSpace.SearchSpace SearchSpace { get; set; }
    }
}
