using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

[TestClass]
public static class ProductSetup
{
    [AssemblyInitialize]
    public static Task InstallAsync(TestContext context) => Product.InstallAsync();

    [AssemblyCleanup]
    public static void Remove() => Product.Remove();
}
