using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>The sample solution, whole.</summary>
[TestClass]
[DoNotParallelize]
public sealed class SampleTests
{
    [TestMethod]
    [DataRow("Release", "gcc", "g++", "compiledOnAgent")]
    [DataRow("Release", "clang-19", "clang++-19", "compiledOnAgent")]
    [DataRow("Debug", "gcc", "g++", "compiledOnAgent")]
    [DataRow("Debug", "clang-19", "clang++-19", "compiledLocally")]
    public async Task Every_object_is_the_one_the_plain_compiler_writes(string configuration, string c, string cxx, string outcome)
    {
        // clang's DWARF 5 has checksums of sources, which no agent has: such units stay here.
        await using Agent agent = await Agent.StartAsync(slots: 2);
        using Developer developer = await CheckOutAsync(configuration);
        developer.Environment["CC"] = c;
        developer.Environment["CXX"] = cxx;
        (await developer.BuildAsync(Sample.Solution, "-p:DistBuildEnabled=false")).MustSucceed().Report.MustBe();
        Dictionary<string, byte[]> plain = Objects(developer);
        Assert.HasCount(Sample.Units, plain);

        (await developer.BuildAsync(Sample.Solution, "-t:Clean")).MustSucceed();
        developer.Use(agent);
        BuildReport report = (await developer.BuildAsync(Sample.Solution, "-p:DistBuildLocalSlots=0")).MustSucceed().Report;
        report.MustBe((outcome, Sample.Units));
        await AssertSameAsync(plain, developer, configuration);
        await Sample.MustRunAsync(developer, configuration);

        (await developer.BuildAsync(Sample.Solution, "-t:Clean")).MustSucceed();
        (await developer.BuildAsync(Sample.Solution)).MustSucceed().Report.MustBe(("localHit", Sample.Units));
        await AssertSameAsync(plain, developer, configuration);
    }

    [TestMethod]
    public async Task Compiled_here_every_object_is_the_one_the_plain_compiler_writes_too()
    {
        using Developer developer = await CheckOutAsync("Release");
        (await developer.BuildAsync(Sample.Solution, "-p:DistBuildEnabled=false")).MustSucceed();
        Dictionary<string, byte[]> plain = Objects(developer);
        (await developer.BuildAsync(Sample.Solution, "-t:Clean")).MustSucceed();

        (await developer.BuildAsync(Sample.Solution, "-m")).MustSucceed().Report.MustBe(("compiledLocally", Sample.Units));

        await AssertSameAsync(plain, developer, "Release");
    }

    private static async Task<Developer> CheckOutAsync(string configuration)
    {
        Developer developer = new();
        developer.Environment["Configuration"] = configuration;
        developer.Environment["Platform"] = "x64";
        Sample.CopyTo(developer.Folder);
        await developer.InitializeAsync();
        return developer;
    }

    private static Dictionary<string, byte[]> Objects(Developer developer) => developer.Objects().ToDictionary(file => file, File.ReadAllBytes);

    private static async Task AssertSameAsync(Dictionary<string, byte[]> plain, Developer developer, string configuration)
    {
        foreach ((string file, byte[] content) in plain)
        {
            if (configuration == "Release")
            {
                CollectionAssert.AreEqual(content, await File.ReadAllBytesAsync(file), file);
            }
            else
            {
                await DebugObject.AssertSameButProducerAsync(developer, content, file);
            }
        }
    }
}
