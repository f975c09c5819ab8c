using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DistBuild.Tests.NetFramework;

[Flags]
internal enum UnixFileMode
{
    GroupRead = 0x20,
    UserExecute = 0x40,
    UserWrite = 0x80,
    UserRead = 0x100,
}

/// <summary>Which files a search passes over: none, as .NET Framework does anyway.</summary>
internal sealed class EnumerationOptions
{
    public FileAttributes AttributesToSkip { get; init; }
}

/// <summary>Members of files, folders and paths that .NET Framework lacks; modes and links are Linux's.</summary>
internal static class FileMembers
{
    extension(File)
    {
        public static Task<byte[]> ReadAllBytesAsync(string path) => Task.FromResult(File.ReadAllBytes(path));

        public static Task<string> ReadAllTextAsync(string path) => Task.FromResult(File.ReadAllText(path));

        public static Task<string[]> ReadAllLinesAsync(string path) => Task.FromResult(File.ReadAllLines(path));

        public static Task WriteAllBytesAsync(string path, byte[] bytes) => Done(() => File.WriteAllBytes(path, bytes));

        public static Task WriteAllTextAsync(string path, string text) => Done(() => File.WriteAllText(path, text));

        public static void AppendAllBytes(string path, byte[] bytes)
        {
            using FileStream file = new(path, FileMode.Append);
            file.Write(bytes, 0, bytes.Length);
        }

        public static Task AppendAllBytesAsync(string path, byte[] bytes) => Done(() => File.AppendAllBytes(path, bytes));

        public static void SetUnixFileMode(string path, UnixFileMode mode) => Checked(chmod(path, (uint)mode), path);

        public static UnixFileMode GetUnixFileMode(string path) => (UnixFileMode)Convert.ToInt32(Say("stat", $"-Lc %a \"{path}\""), 8);

        public static void CreateSymbolicLink(string path, string target) => Checked(symlink(target, path), path);
    }

    extension(FileInfo file)
    {
        public string? LinkTarget => Say("readlink", $"\"{file.FullName}\"") is { Length: > 0 } target ? target : null;
    }

    extension(Directory)
    {
        public static DirectoryInfo CreateTempSubdirectory(string prefix) => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), prefix + Guid.NewGuid().ToString("N")));

        public static string[] GetFiles(string path, string pattern, EnumerationOptions options) =>
            options.AttributesToSkip == 0 ? Directory.GetFiles(path, pattern) : throw new NotSupportedException();
    }

    extension(Path)
    {
        public static string GetRelativePath(string folder, string path) => path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? path.Substring(folder.TrimEnd('/').Length + 1)
            : throw new NotSupportedException();

        public static bool IsPathFullyQualified(string path) => path.StartsWith('/');
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static void Checked(int result, string path)
    {
        if (result != 0)
        {
            throw new IOException(string.Format(CultureInfo.InvariantCulture, "{0}: errno {1}", path, Marshal.GetLastWin32Error()));
        }
    }

    private static string Say(string program, string arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true });
        return process.StandardOutput.ReadToEnd().TrimEnd('\n');
    }

#pragma warning disable IDE1006, SA1300, CA2101 // The names are libc's.
    [DllImport("libc", SetLastError = true)]
    private static extern int chmod(string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int symlink(string target, string path);
#pragma warning restore IDE1006, SA1300, CA2101
}
