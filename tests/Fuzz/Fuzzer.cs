using System.Diagnostics;

namespace DistBuild.Fuzz;

/// <summary>Feeds one parser. The same seed feeds the same inputs, so a failure is found again by its seed; the input is in its message too.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    /// <summary>Accepted mutants that are mutated further: deeper than one step from what is valid.</summary>
    private const int MostKept = 200;

    /// <summary>Bytes that reading and writing back may allocate: this, and so many times the input.</summary>
    private const long Allowance = 4 << 20, PerByte = 300;

    /// <summary>How long one input may take, on any machine: far more than any does, and less than a hang.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(1);

    private readonly List<byte[]> _corpus = [.. target.Corpus];
    private byte[] _current = [];
    private long _fed;

    /// <summary>Feeds until there were enough or time is up, whichever is later.</summary>
    /// <returns>How many were fed, and how many of them were accepted.</returns>
    public async Task<(long Fed, long Accepted)> RunAsync(long iterations, TimeSpan time)
    {
        Task<long> feeding = Task.Factory.StartNew(() => Feed(iterations, time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        long seen = -1;
        while (await Task.WhenAny(feeding, Task.Delay(Hang)) != feeding)
        {
            long fed = Interlocked.Read(ref _fed);
            Assert.AreNotEqual(seen, fed, Describe("hangs"));
            seen = fed;
        }

        return (Interlocked.Read(ref _fed), await feeding);
    }

    private long Feed(long iterations, TimeSpan time)
    {
        foreach (byte[] valid in target.Corpus)
        {
            Assert.IsTrue(FeedOne(valid), Describe("refuses a valid input"));
        }

        Random random = new(seed);
        Mutator mutator = new(random);
        Stopwatch clock = Stopwatch.StartNew();
        long accepted = 0;
        for (long i = 0; i < iterations || clock.Elapsed < time; i++)
        {
            byte[] mutant = mutator.Next(_corpus);

            // Most of the time what the checksum would keep away, because who means harm makes it right.
            byte[] input = target.Seal is null || random.Next(10) == 0 ? mutant : target.Seal(mutant);
            if (FeedOne(input))
            {
                accepted++;
                Keep(input, random);
            }
        }

        return accepted;
    }

    private bool FeedOne(byte[] input)
    {
        Volatile.Write(ref _current, input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted;
        try
        {
            accepted = target.Read(input);
        }
        catch (Exception e) when (e is not UnitTestAssertException)
        {
            throw new AssertFailedException(Describe($"throws {e.GetType().Name}: {e.Message}"), e);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsLessThanOrEqualTo(Allowance + (PerByte * input.Length), allocated, Describe("allocates too much"));
        Interlocked.Increment(ref _fed);
        return accepted;
    }

    private void Keep(byte[] input, Random random)
    {
        if (_corpus.Count < target.Corpus.Count + MostKept)
        {
            _corpus.Add(input);
        }
        else
        {
            _corpus[random.Next(target.Corpus.Count, _corpus.Count)] = input;
        }
    }

    private string Describe(string what) => $"{target.Name} {what}; seed {seed}, input {Interlocked.Read(ref _fed)}: {Convert.ToHexString(Volatile.Read(ref _current))}";
}
