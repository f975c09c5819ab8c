using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DistBuild.Tests.NetFramework;

/// <summary>Members of the system's types that .NET Framework lacks.</summary>
internal static class SystemMembers
{
    extension(OperatingSystem)
    {
        public static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }

    extension(DateTime)
    {
        public static DateTime UnixEpoch => new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    extension(SHA256)
    {
        public static byte[] HashData(ReadOnlySpan<byte> bytes)
        {
            using SHA256 sha = SHA256.Create();
            return sha.ComputeHash(bytes.ToArray());
        }
    }

    extension(GC)
    {
        /// <summary>Who asks this says so, by <see cref="Shared.NotOnNetFrameworkAttribute"/>.</summary>
        public static long GetAllocatedBytesForCurrentThread() => throw new NotSupportedException();
    }

    extension(CompressionLevel)
    {
        public static CompressionLevel SmallestSize => CompressionLevel.Optimal;
    }

    extension(CancellationTokenSource source)
    {
        public Task CancelAsync() => Task.Run(source.Cancel);
    }

    extension(Process)
    {
        /// <summary>For arguments without quotes.</summary>
        public static Process Start(string program, IEnumerable<string> arguments) => Process.Start(program, string.Join(" ", arguments.Select(argument => $"\"{argument}\"")));
    }

    extension(Process process)
    {
        public Task WaitForExitAsync() => Task.Run(process.WaitForExit);
    }

    extension(Parallel)
    {
        public static Task ForEachAsync<T>(IEnumerable<T> values, ParallelOptions options, Func<T, CancellationToken, Task> body) =>
            Task.Run(() => Parallel.ForEach(values, options, value => body(value, options.CancellationToken).GetAwaiter().GetResult()));
    }
}
