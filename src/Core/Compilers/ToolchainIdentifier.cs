using System.Collections.Concurrent;
using System.Text;
using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>
/// Finds what compilers really are, by content. Remembers results for the process and, by the identities of all files involved, in a folder, so that a
/// build does not hash a compiler's hundreds of megabytes again.
/// </summary>
public sealed class ToolchainIdentifier
{
    // What decides which files a start of the driver loads, besides the driver.
    private static readonly string[] Deciding = ["PATH", "LD_LIBRARY_PATH", "CLANG_NO_DEFAULT_CONFIG", "VCToolsInstallDir", "VCINSTALLDIR", "VSLANG"];

    private const string Cl = "cl";

    // Where the dynamic loader looks libraries up.
    private static readonly string[] LibraryIndex = ["/etc/ld.so.cache", "/etc/ld.so.preload"];

    private readonly ConcurrentDictionary<string, RememberedToolchain> _remembered = new(StringComparer.Ordinal);
    private readonly FileDigests _digests = new();
    private readonly string? _cacheFolder;

    /// <param name="cacheFolder">Where identities are remembered between processes; null remembers only in memory.</param>
    public ToolchainIdentifier(string? cacheFolder) => _cacheFolder = cacheFolder;

    /// <summary>How often a file's content was read.</summary>
    internal int Readings => _digests.Readings;

    /// <summary>The toolchain a command would use, or null with a reason when it cannot be known (a wrapper script, an unknown driver, a missing file).</summary>
    public async Task<(Toolchain? Toolchain, string? Reason)> IdentifyAsync(
        string compiler, string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        if (RefusedEnvironment.Find(environment) is { Argument: string variable, Why: string why })
        {
            return (null, $"{variable} is set: {why}");
        }

        if (LoaderVariable(environment) is string loader)
        {
            return (null, $"{loader} is set: it loads code into the compiler");
        }

        if (DriverFinder.Find(compiler, workingDirectory, environment) is not string driver)
        {
            return (null, $"{compiler} is not a program on this machine");
        }

        string real = RealPath.Of(driver);
        if (DriverName.Family(real) is null)
        {
            return (null, $"{compiler} leads to {Path.GetFileName(real)}, which is not a compiler this product knows");
        }

        if (!ProgramFile.IsBinary(real))
        {
            return (null, $"{compiler} is a script, not a compiler");
        }

        if (CompilerFamilies.ForDriver(driver) is not ICompilerFamily family)
        {
            return (null, $"{compiler} does not say by its name which compiler it is");
        }

        try
        {
            RememberedToolchain found = await RecallAsync(family, driver, workingDirectory, environment, cancellationToken).ConfigureAwait(false);
            string number = Number(family, found.Version);
            string name = $"{Role(family, driver)} {number} {found.Target}";
            return (new Toolchain(found.Digest, Reporting(family, number, found.IncludeNotes), driver, name, number, found.Target) { Parts = found.Paths }, null);
        }
        catch (ToolchainUnknownException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Every toolchain on this machine's PATH (gcc, g++, clang, clang++, clang-cl, versioned and cross names), each once per digest.</summary>
    public async Task<IReadOnlyList<Toolchain>> FindAllAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        List<Toolchain> found = [];
        HashSet<Digest> digests = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string driver in DriverFinder.Folders(environment).Where(Directory.Exists).SelectMany(Drivers))
        {
            if (CompilerFamilies.ForDriver(driver) is not ICompilerFamily family || !seen.Add($"{RealPath.Of(driver)}\n{Role(family, driver)}"))
            {
                continue;
            }

            (Toolchain? toolchain, _) = await IdentifyAsync(driver, "/", environment, cancellationToken).ConfigureAwait(false);
            if (toolchain is not null && digests.Add(toolchain.Digest))
            {
                found.Add(toolchain);
            }
        }

        return found;
    }

    private async Task<RememberedToolchain> RecallAsync(
        ICompilerFamily family, string driver, string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string name = Name(driver, environment);
        if (_remembered.TryGetValue(name, out RememberedToolchain? known) && known.Holds())
        {
            return known;
        }

        // With libraries from anywhere, one that appears somewhere earlier would change the compiler without a trace in the files remembered.
        string? file = _cacheFolder is null || environment.ContainsKey("LD_LIBRARY_PATH") ? null : Path.Combine(_cacheFolder, name + ".toolchain");
        if (file is not null && RememberedToolchain.Load(file) is RememberedToolchain stored && stored.Holds()
            && await SpeaksAsRememberedAsync(stored, new CompilerQuestion(driver, workingDirectory, ClEnvironment.Bare(environment)), cancellationToken).ConfigureAwait(false))
        {
            return _remembered[name] = stored;
        }

        long started = FileIdentity.Now();
        RememberedToolchain identified = await IdentifyPartsAsync(family, driver, workingDirectory, environment, cancellationToken).ConfigureAwait(false);
        if (Array.TrueForAll(identified.Files, part => part.Changed != 0 && part.SettledBefore(started)))
        {
            _remembered[name] = identified;
            if (file is not null)
            {
                identified.Save(file);
            }
        }

        return identified;
    }

    private async Task<RememberedToolchain> IdentifyPartsAsync(
        ICompilerFamily family, string driver, string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        CompilerQuestion question = new(driver, workingDirectory, family.Name == Cl ? ClEnvironment.Bare(environment) : environment);
        ToolchainParts parts = family.Name switch
        {
            "gcc" => await GccParts.FindAsync(driver, question, FindOnPath, cancellationToken).ConfigureAwait(false),
            Cl => await ClParts.FindAsync(driver, question, cancellationToken).ConfigureAwait(false),
            _ => await ClangParts.FindAsync(driver, question, cancellationToken).ConfigureAwait(false),
        };

        using KeyBuilder key = new("toolchain/1");
        key.Add("family", family.Name).Add("role", Role(family, driver)).Add("version", parts.Version).Add("target", parts.Target);
        List<FileIdentity> files = [];
        foreach ((string part, string path) in parts.Contents.OrderBy(content => content.Part, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            key.Add("part", part);
            if (path.Length == 0)
            {
                continue;
            }

            FileIdentity identity = Look(path);
            key.Add("content", _digests.TryGet(path) ?? throw new ToolchainUnknownException($"{path} cannot be read"));
            files.Add(identity);
        }

        files.AddRange(parts.Watched.Concat(LibraryIndex.Where(File.Exists)).Distinct().Select(Look));
        return new RememberedToolchain(key.Build(), parts.Version, parts.Target, [.. files]) { IncludeNotes = parts.IncludeNotes };

        IReadOnlyList<string> FindOnPath(string program) => DriverFinder.FindOnPath(program, workingDirectory, environment);
    }

    /// <summary>
    /// Whether its words for included files are still those: language and code page are settings of the person and the console too, and a word that is not recognised would hide a
    /// header.
    /// </summary>
    private static async Task<bool> SpeaksAsRememberedAsync(RememberedToolchain remembered, CompilerQuestion question, CancellationToken cancellationToken) =>
        remembered.IncludeNotes.Length == 0 || await ClIncludeNotes.LearnAsync(question, cancellationToken).ConfigureAwait(false) == remembered.IncludeNotes;

    private static string Number(ICompilerFamily family, string version) => family.Name switch
    {
        "gcc" => version.Split(' ')[0],
        Cl => ClBanner.NumberOf(version),
        _ => ClangParts.Number(version),
    };

    // How a compile tells what it read depends on the version.
    private static ICompilerFamily Reporting(ICompilerFamily family, string number, string notes) =>
        family.Name == Cl ? ClFamily.That(new ClReporting(ClReporting.ReportsToFile(number), notes)) : family;

    private static FileIdentity Look(string path) =>
        FileIdentity.TryRead(path, out FileIdentity identity) ? identity : throw new ToolchainUnknownException($"{path} cannot be looked at");

    // gcc and g++, clang and clang++ compile the same file differently.
    private static string Role(ICompilerFamily family, string driver) => family.Name switch
    {
        "gcc" => DriverName.IsCxx(driver) ? "g++" : "gcc",
        "clang" => DriverName.IsCxx(driver) ? "clang++" : "clang",
        _ => family.Name,
    };

    private static string? LoaderVariable(IReadOnlyDictionary<string, string> environment) =>
        ((string[])["LD_PRELOAD", "LD_AUDIT"]).FirstOrDefault(name => environment.TryGetValue(name, out string? value) && value.Length > 0);

    private static string Name(string driver, IReadOnlyDictionary<string, string> environment)
    {
        IEnumerable<string> values = Deciding.Select(name => ClEnvironment.Value(environment, name));
        return Digest.Of(Encoding.UTF8.GetBytes(string.Join("\0", [driver, .. values]))).ToString().Substring(0, 32);
    }

    private static IEnumerable<string> Drivers(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder).Where(file => DriverName.Family(file) is not null).OrderBy(file => file, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
