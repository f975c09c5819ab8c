using DistBuild.Core.Client;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Client;

[TestClass]
public sealed class RememberedFailuresTests : IDisposable
{
    private static readonly Guid Agent = Guid.NewGuid();

    private readonly TemporaryFolder _store = new();

    private string File => _store["notes/failed-agents"];

    public void Dispose() => _store.Dispose();

    [TestMethod]
    public void The_next_build_leaves_alone_who_failed_in_this_one()
    {
        RememberedFailures first = new(_store.Path, TimeProvider.System);

        Assert.IsTrue(first.MayUse(Agent));
        Assert.IsTrue(first.Fail(Agent));
        Assert.IsFalse(first.Fail(Agent), "what goes wrong because it is lost is no further failure");
        Assert.IsFalse(new RememberedFailures(_store.Path, TimeProvider.System).MayUse(Agent));

        first.Deliver(Agent);
        Assert.IsTrue(new RememberedFailures(_store.Path, TimeProvider.System).MayUse(Agent));
    }

    [TestMethod]
    public void A_damaged_file_is_like_none()
    {
        new RememberedFailures(_store.Path, TimeProvider.System).Fail(Agent);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        for (int length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            Assert.IsTrue(new RememberedFailures(_store.Path, TimeProvider.System).MayUse(Agent), $"{length} bytes of it");
        }
    }

    [TestMethod]
    public void A_store_that_cannot_be_written_costs_no_build()
    {
        System.IO.File.WriteAllText(_store["notes"], "a file where the folder should be");
        RememberedFailures failures = new(_store.Path, TimeProvider.System);

        Assert.IsTrue(failures.Fail(Agent));
        Assert.IsFalse(failures.MayUse(Agent));
    }
}
