using DistBuild.Core.Hashing;

namespace DistBuild.Core.Tests.Hashing;

/// <summary>Waits for time to pass as files see it.</summary>
internal static class Clock
{
    /// <summary>A time that .NET can set exactly as a file system keeps it.</summary>
    public static DateTime LongAgo { get; } = new(2005, 5, 2, 3, 4, 5, 678, DateTimeKind.Utc);

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
