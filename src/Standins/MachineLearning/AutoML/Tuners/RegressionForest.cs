namespace Microsoft.ML.AutoML;

/// <summary>A random forest over a few hundred points: bootstrap samples, and at each split the best of a part of the coordinates.</summary>
internal sealed class RegressionForest
{
    private readonly double[][] _points;
    private readonly double[] _targets;
    private readonly int _minimumExamplesPerLeaf;
    private readonly int _coordinatesPerSplit;
    private readonly Random _random;
    private readonly Node[] _trees;

    public RegressionForest(double[][] points, double[] targets, int trees, int minimumExamplesPerLeaf, double featureFraction, Random random)
    {
        _points = points;
        _targets = targets;
        _minimumExamplesPerLeaf = Math.Max(minimumExamplesPerLeaf, 1);
        _coordinatesPerSplit = (int)Math.Ceiling(featureFraction * points[0].Length);
        _random = random;
        _trees = new Node[trees];
        for (int i = 0; i < trees; i++)
        {
            int[] sample = new int[points.Length];
            for (int j = 0; j < sample.Length; j++)
            {
                sample[j] = random.Next(points.Length);
            }

            _trees[i] = Grow(sample);
        }
    }

    /// <summary>Mean and standard deviation over the trees.</summary>
    public (double Mean, double Deviation) Predict(double[] point)
    {
        double sum = 0;
        double squares = 0;
        foreach (Node tree in _trees)
        {
            double value = tree.Predict(point);
            sum += value;
            squares += value * value;
        }

        double mean = sum / _trees.Length;
        return (mean, Math.Sqrt(Math.Max((squares / _trees.Length) - (mean * mean), 0)));
    }

    private Node Grow(int[] sample)
    {
        double mean = sample.Average(i => _targets[i]);
        if (sample.Length < 2 * _minimumExamplesPerLeaf || sample.All(i => _targets[i] == _targets[sample[0]]))
        {
            return new Node(mean);
        }

        int[] coordinates = [.. Enumerable.Range(0, _points[0].Length)];
        _random.Shuffle(coordinates);
        (double gain, int coordinate, double threshold) = (0, -1, 0);
        foreach (int candidate in coordinates.AsSpan(0, _coordinatesPerSplit))
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

        ILookup<bool, int> sides = sample.ToLookup(i => _points[i][coordinate] <= threshold);
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
        int[] order = [.. sample.OrderBy(i => _points[i][coordinate])];
        (double gain, double threshold) = (0, 0);
        double lowerSum = 0;
        for (int lower = 1; lower < order.Length; lower++)
        {
            lowerSum += _targets[order[lower - 1]] - mean;
            (double left, double right) = (_points[order[lower - 1]][coordinate], _points[order[lower]][coordinate]);
            int upper = order.Length - lower;
            if (left < right && lower >= _minimumExamplesPerLeaf && upper >= _minimumExamplesPerLeaf)
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
