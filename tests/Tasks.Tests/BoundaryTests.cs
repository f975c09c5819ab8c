using DistBuild.Tests.Shared;

namespace DistBuild.Tasks.Tests;

[TestClass]
public sealed class BoundaryTests
{
    [TestMethod]
    public void What_is_tested_is_what_this_runtime_would_load()
    {
        LoadedAssembly.MustBeOfThisRuntime(typeof(Tasks.Compiling.CompileUnits).Assembly);
        LoadedAssembly.MustBeOfThisRuntime(typeof(Core.Hashing.Digest).Assembly);
    }

    [TestMethod]
    public void Tasks_do_not_know_the_agent() =>
        Assert.IsFalse(typeof(Tasks.Compiling.CompileUnits).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "distbuild"));
}
