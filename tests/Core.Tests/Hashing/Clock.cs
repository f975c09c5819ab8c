using DistBuild.Core.Hashing;

namespace DistBuild.Core.Tests.Hashing;

/// <summary>Waits for time to pass as files see it.</summary>
internal static class Clock
{
    /// <summary>Returns when a later write of the file must give it another time.</summary>
    public static void WaitUntilSettled(string path)
    {
        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity identity));
        while (!identity.SettledBefore(FileIdentity.Now()))
        {
            Thread.Sleep(1);
        }
    }
}
