namespace DistBuild.Tests.NetFramework;

/// <summary>Members of times that .NET Framework lacks.</summary>
internal static class TimeMembers
{
    extension(DateTimeOffset)
    {
        public static DateTimeOffset UnixEpoch => new(DateTime.UnixEpoch);
    }

    extension(TimeSpan)
    {
        public static TimeSpan operator *(double factor, TimeSpan time) => TimeSpan.FromTicks((long)(factor * time.Ticks));
    }
}
