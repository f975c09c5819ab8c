using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>DistBuildVerify with real compilers and a store that is wrong although nothing in it is damaged.</summary>
[TestClass]
public sealed class AuditTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [TestMethod]
    public async Task A_right_hit_stays_a_hit_and_nothing_is_said()
    {
        await FillAsync();
        byte[] compiled = File.ReadAllBytes(_shop.PathOf("a.o"));
        File.Delete(_shop.PathOf("a.o"));

        UnitResult hit = await BuildAsync(verify: 100);

        Assert.AreEqual((UnitOutcome.LocalHit, (bool?)true, null), (hit.Outcome, hit.Verified, hit.Reason));
        CollectionAssert.AreEqual(compiled, File.ReadAllBytes(_shop.PathOf("a.o")));
        Assert.IsEmpty(_shop.Reported);
    }

    [TestMethod]
    public async Task A_wrong_entry_is_one_warning_with_both_digests_and_its_producer_and_is_dropped()
    {
        UnitResult first = await FillAsync();
        byte[] right = File.ReadAllBytes(_shop.PathOf("a.o")), wrong = [.. right];
        wrong[^1] ^= 1;
        Store().TryAdd(first.Key!.Value, new CompiledResult(wrong, default, default), "anna@box");
        File.Delete(_shop.PathOf("a.o"));

        UnitResult audited = await BuildAsync(verify: 100);

        Assert.AreEqual((UnitOutcome.CompiledLocally, (bool?)false), (audited.Outcome, audited.Verified));
        Assert.AreEqual("the result that was found is not what the compiler here makes", audited.Reason);
        CollectionAssert.AreEqual(right, File.ReadAllBytes(_shop.PathOf("a.o")), "the new object is delivered");
        string warning = _shop.Reported.Single();
        Assert.StartsWith("DB1006 ", warning);
        Assert.Contains($"the cached object of a.cpp is not what the compiler here makes of it: {Digest.Of(wrong)} was kept, {Digest.Of(right)} is made now", warning);
        Assert.Contains("It was made by anna@box.", warning);
        Assert.IsNull(Store().TryGet(first.Key!.Value), "the wrong entry is gone");
    }

    [TestMethod]
    public async Task After_a_wrong_entry_was_dropped_the_next_builds_heal_the_store()
    {
        UnitResult first = await FillAsync();
        Store().TryAdd(first.Key!.Value, new CompiledResult(new byte[] { 1, 2, 3 }, default, default), "anna@box");
        File.Delete(_shop.PathOf("a.o"));
        await BuildAsync(verify: 100);
        File.Delete(_shop.PathOf("a.o"));
        UnitResult healing = await BuildAsync(verify: 0);
        File.Delete(_shop.PathOf("a.o"));

        UnitResult healed = await BuildAsync(verify: 100);

        Assert.AreEqual((UnitOutcome.CompiledLocally, UnitOutcome.LocalHit, (bool?)true), (healing.Outcome, healed.Outcome, healed.Verified));
        Assert.HasCount(1, _shop.Reported);
    }

    [TestMethod]
    public async Task Without_verification_a_hit_starts_no_compile()
    {
        UnitResult first = await FillAsync();
        Store().TryAdd(first.Key!.Value, new CompiledResult(new byte[] { 1, 2, 3 }, default, default), "anna@box");
        File.Delete(_shop.PathOf("a.o"));

        UnitResult hit = await BuildAsync(verify: 0);

        Assert.AreEqual((UnitOutcome.LocalHit, null), (hit.Outcome, hit.Verified));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, File.ReadAllBytes(_shop.PathOf("a.o")));
    }

    [TestMethod]
    public async Task Where_nothing_can_be_compiled_a_hit_that_cannot_be_written_fails_as_it_would_unverified()
    {
        await FillAsync();
        File.Delete(_shop.PathOf("a.o"));
        Directory.CreateDirectory(_shop.PathOf("a.o"));

        UnitResult audited = await BuildAsync(verify: 100);

        Assert.AreEqual(UnitOutcome.Failed, audited.Outcome);
        Assert.IsEmpty(_shop.Reported, "the entry is not blamed for it");
        Assert.AreEqual(1, Store().Statistics().Entries - 1, "and stays, beside its manifest");
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(37, 37)]
    [DataRow(50, 50)]
    [DataRow(100, 100)]
    public void Of_a_hundred_hits_exactly_the_percentage_is_compared_wherever_a_build_starts(int percent, int expected)
    {
        for (int start = 0; start < 100; start++)
        {
            AuditSample sample = new(percent, start);
            Assert.AreEqual(expected, Enumerable.Range(0, 100).Count(_ => sample.Next()), $"from {start}");
        }
    }

    [TestMethod]
    public void Every_hit_is_compared_in_some_build()
    {
        bool[] chosen = new bool[100];
        for (int start = 0; start < 100; start++)
        {
            AuditSample sample = new(1, start);
            for (int hit = 0; hit < 100; hit++)
            {
                chosen[hit] |= sample.Next();
            }
        }

        Assert.DoesNotContain(false, chosen);
    }

    private async Task<UnitResult> FillAsync()
    {
        _shop.Write("a.cpp", "int answer() { return 42; }");
        return await BuildAsync(verify: 0);
    }

    private Task<UnitResult> BuildAsync(int verify)
    {
        _shop.Options = _shop.Options with { Verify = verify };
        return _shop.BuildAsync("a.cpp");
    }

    private ObjectStore Store() => ObjectStore.Open(_shop.Options.Store, _shop.Options.StoreSize);
}
