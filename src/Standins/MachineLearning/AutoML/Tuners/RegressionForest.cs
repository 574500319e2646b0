namespace Microsoft.ML.AutoML;

/// <summary>A random forest over a few hundred points: bootstrap samples, and at each split the best of a part of the coordinates.</summary>
internal sealed class RegressionForest
{
    private readonly double[][] points;
    private readonly double[] targets;
    private readonly int minimumExamplesPerLeaf;
    private readonly int coordinatesPerSplit;
    private readonly Random random;
    private readonly Node[] trees;

    public RegressionForest(double[][] points, double[] targets, int trees, int minimumExamplesPerLeaf, double featureFraction, Random random)
    {
        this.points = points;
        this.targets = targets;
        this.minimumExamplesPerLeaf = Math.Max(minimumExamplesPerLeaf, 1);
        coordinatesPerSplit = (int)Math.Ceiling(featureFraction * points[0].Length);
        this.random = random;
        this.trees = new Node[trees];
        for (int i = 0; i < trees; i++)
        {
            int[] sample = new int[points.Length];
            for (int j = 0; j < sample.Length; j++)
            {
                sample[j] = random.Next(points.Length);
            }

            this.trees[i] = Grow(sample);
        }
    }

    /// <summary>Mean and standard deviation over the trees.</summary>
    public (double Mean, double Deviation) Predict(double[] point)
    {
        double sum = 0;
        double squares = 0;
        foreach (Node tree in trees)
        {
            double value = tree.Predict(point);
            sum += value;
            squares += value * value;
        }

        double mean = sum / trees.Length;
        return (mean, Math.Sqrt(Math.Max((squares / trees.Length) - (mean * mean), 0)));
    }

    private Node Grow(int[] sample)
    {
        double mean = sample.Average(i => targets[i]);
        if (sample.Length < 2 * minimumExamplesPerLeaf || sample.All(i => targets[i] == targets[sample[0]]))
        {
            return new Node(mean);
        }

        int[] coordinates = [.. Enumerable.Range(0, points[0].Length)];
        random.Shuffle(coordinates);
        (double gain, int coordinate, double threshold) = (0, -1, 0);
        foreach (int candidate in coordinates.AsSpan(0, coordinatesPerSplit))
        {
            (double candidateGain, double candidateThreshold) = BestSplit(sample, candidate, mean);
            if (candidateGain > gain)
            {
                (gain, coordinate, threshold) = (candidateGain, candidate, candidateThreshold);
            }
        }

        if (coordinate < 0)
        {
            return new Node(mean);
        }

        ILookup<bool, int> sides = sample.ToLookup(i => points[i][coordinate] <= threshold);
        return new Node(mean)
        {
            Coordinate = coordinate,
            Threshold = threshold,
            Lower = Grow([.. sides[true]]),
            Upper = Grow([.. sides[false]]),
        };
    }

    // The gain is what the split takes from the sum of squared errors.
    private (double Gain, double Threshold) BestSplit(int[] sample, int coordinate, double mean)
    {
        int[] order = [.. sample.OrderBy(i => points[i][coordinate])];
        (double gain, double threshold) = (0, 0);
        double lowerSum = 0;
        for (int lower = 1; lower < order.Length; lower++)
        {
            lowerSum += targets[order[lower - 1]] - mean;
            (double left, double right) = (points[order[lower - 1]][coordinate], points[order[lower]][coordinate]);
            int upper = order.Length - lower;
            if (left < right && lower >= minimumExamplesPerLeaf && upper >= minimumExamplesPerLeaf)
            {
                double candidate = lowerSum * lowerSum * ((1.0 / lower) + (1.0 / upper));
                if (candidate > gain)
                {
                    (gain, threshold) = (candidate, (left + right) / 2);
                }
            }
        }

        return (gain, threshold);
    }

    private sealed class Node(double value)
    {
        public int Coordinate { get; init; }

        public double Threshold { get; init; }

        public Node Lower { get; init; }

        public Node Upper { get; init; }

        public double Predict(double[] point)
        {
            Node node = this;
            while (node.Lower is not null)
            {
                node = point[node.Coordinate] <= node.Threshold ? node.Lower : node.Upper;
            }

            return node.Value;
        }

        private double Value => value;
    }
}
