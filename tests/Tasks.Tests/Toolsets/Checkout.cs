namespace DistBuild.Tasks.Tests.Toolsets;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class Checkout : IDisposable
{
    public Checkout() => Root = Directory.CreateTempSubdirectory("distbuild-toolset-").FullName;

    public string Root { get; }

    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>Writes a file below the root; returns its full path.</summary>
    public string Add(string relative, string text = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
        return this[relative];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
