using System.Net;
using System.Net.Sockets;
using DistBuild.Benchmarks.Contenders;
using DistBuild.Benchmarks.Corpora;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Benchmarks.Scenarios;

/// <summary>One corpus with everybody who compiles it, on one file system.</summary>
internal sealed class Lab : IAsyncDisposable
{
    // What makes ccache 4.7 fastest; hard links make its objects and its cache one file.
    private static readonly (string Name, string Value)[] Tuned =
        [("CCACHE_DIR", "{cache}"), ("CCACHE_TEMPDIR", "{cache}/tmp"), ("CCACHE_DEPEND", "1"), ("CCACHE_INODECACHE", "1"), ("CCACHE_NOSTATS", "1")];

    private readonly TemporaryFolder _folder = new("distbuild-peers-");

    private Lab(Corpus corpus, Developer developer, IReadOnlyList<string> arguments)
    {
        (Corpus, Developer) = (corpus, developer);
        Product = new ProductBuild("DistBuild", developer);
        Empty = new ProductBuild("dotnet msbuild, compile off", developer, "-p:DistBuildEnabled=false", "-p:CompileOff=true");
        Compiler = new NinjaBuild("g++ alone", corpus, arguments, developer, _folder, "");
        Ccache = new NinjaBuild("ccache", corpus, arguments, developer, _folder, "ccache ", ("CCACHE_DIR", "{cache}"));
        CcacheTuned = new NinjaBuild("ccache tuned", corpus, arguments, developer, _folder, "ccache ", [.. Tuned, ("CCACHE_HARDLINK", "1")]);
        CcacheCopying = new NinjaBuild("ccache tuned, copies", corpus, arguments, developer, _folder, "ccache ", Tuned);
        Sccache = new SccacheBuild(corpus, arguments, developer, _folder, FreePort());
    }

    public Corpus Corpus { get; }

    public Developer Developer { get; }

    public ProductBuild Product { get; }

    public ProductBuild Empty { get; }

    public NinjaBuild Compiler { get; }

    public NinjaBuild Ccache { get; }

    public NinjaBuild CcacheTuned { get; }

    public NinjaBuild CcacheCopying { get; }

    public SccacheBuild Sccache { get; }

    public int Units => Corpus.Sources.Count;

    public static async Task<Lab> OpenAsync(Corpus corpus)
    {
        Developer developer = await corpus.CheckOutAsync();
        try
        {
            return new Lab(corpus, developer, await Commands.RecordAsync(corpus, developer));
        }
        catch
        {
            developer.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sccache.DisposeAsync();
        Developer.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
