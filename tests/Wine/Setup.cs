using DistBuild.Wine.Harness;

// One wine prefix, whose server every program asks; and this machine's two cores.
[assembly: DoNotParallelize]

namespace DistBuild.Wine;

[TestClass]
public static class Setup
{
    [AssemblyInitialize]
    public static Task SetUpAsync(TestContext context) => Windows.SetUpAsync();

    [AssemblyCleanup]
    public static Task TearDownAsync() => Windows.TearDownAsync();
}
