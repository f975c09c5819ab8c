using System.Globalization;
#if NETSTANDARD2_0
using System.Diagnostics;
#endif

namespace DistBuild.Core.Store;

/// <summary>
/// The paths inside a store; nothing else knows them.
/// <code>
/// CACHEDIR.TAG             tells backup programs to leave this folder out (bford.info/cachedir)
/// store-version            the oldest layout that may use this folder, a decimal number
/// v1/0f/e2d3c4b5a69788     an entry, named by its key's fingerprint in 16 lower-case hexadecimal digits
/// v1/tmp/PID-RANDOM        an entry being written
/// v1/size                  the size estimate
/// </code>
/// </summary>
internal sealed class StoreLayout(string root)
{
    public const int Version = 1;

    private const int FolderDigits = 2, NameDigits = 14;

    private readonly string _entries = Path.Combine(root, "v1") + Path.DirectorySeparatorChar;

    public string Root { get; } = root;

    public string Tag => Path.Combine(Root, "CACHEDIR.TAG");

    public string Marker => Path.Combine(Root, "store-version");

    public string Size => _entries + "size";

    public string Temporary => _entries + "tmp";

    public void Create() => Directory.CreateDirectory(Temporary);

    public string EntryPath(ulong fingerprint)
    {
        string digits = fingerprint.ToString("x16", CultureInfo.InvariantCulture);
        return string.Concat(_entries, digits.Substring(0, FolderDigits), Path.DirectorySeparatorChar.ToString(), digits.Substring(FolderDigits));
    }

    /// <summary>What <see cref="EntryPath"/> was made of.</summary>
    public static bool TryFingerprint(string entryPath, out ulong fingerprint)
    {
        fingerprint = 0;
        int name = entryPath.Length - NameDigits, folder = name - 1 - FolderDigits;
        return folder >= 0 && ulong.TryParse(
            entryPath.Substring(folder, FolderDigits) + entryPath.Substring(name), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out fingerprint);
    }

    public string NewTemporaryPath() => Path.Combine(Temporary, $"{ProcessId}-{Guid.NewGuid():N}");

    /// <summary>Every entry there is, with size and time; entries that come or go meanwhile may or may not be seen.</summary>
    public IEnumerable<FileInfo> Entries() =>
        Folders().SelectMany(folder => Files(folder.FullName)).Where(file => file.Name.Length == NameDigits);

    /// <summary>The files that processes are writing, or were when they ended.</summary>
    public IEnumerable<FileInfo> TemporaryFiles() => Files(Temporary);

    private static int ProcessId
    {
        get
        {
#if NETSTANDARD2_0
            using Process self = Process.GetCurrentProcess();
            return self.Id;
#else
            return Environment.ProcessId;
#endif
        }
    }

    private IEnumerable<DirectoryInfo> Folders()
    {
        try
        {
            return [.. new DirectoryInfo(_entries).EnumerateDirectories().Where(folder => folder.Name.Length == FolderDigits)];
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            return [];
        }
    }

    // The entries of one folder at a time: memory stays flat, and a folder that vanishes ends only itself.
    private static List<FileInfo> Files(string folder)
    {
        List<FileInfo> files = [];
        try
        {
            foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles())
            {
                if (file.Exists)
                {
                    files.Add(file);
                }
            }
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            // What was seen so far is the answer: another process cleared the rest, or this account may not look.
        }

        return files;
    }
}
