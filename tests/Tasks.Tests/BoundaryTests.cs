namespace DistBuild.Tasks.Tests;

[TestClass]
public sealed class BoundaryTests
{
    [TestMethod]
    public void Tasks_do_not_know_the_agent() =>
        Assert.IsFalse(typeof(Tasks.Compiling.CompileUnits).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == "distbuild"));
}
