namespace DistBuild.Core.Tests;

[TestClass]
public sealed class BoundaryTests
{
    [TestMethod]
    public void Core_refers_to_no_build_engine_and_no_host()
    {
        string[] strangers = [.. typeof(Core.Hashing.Digest).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("Microsoft.Build", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
                || name == "System.Console")];

        Assert.IsEmpty(strangers, string.Join(", ", strangers));
    }
}
