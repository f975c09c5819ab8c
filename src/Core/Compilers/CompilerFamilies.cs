namespace DistBuild.Core.Compilers;

/// <summary>The compiler families this product knows.</summary>
public static class CompilerFamilies
{
    /// <summary>The family a driver's file name speaks for (<c>g++-12</c>, <c>x86_64-linux-gnu-gcc</c>, <c>clang-cl.exe</c>), or null.</summary>
    public static ICompilerFamily? ForDriver(string driver) => throw new NotImplementedException();

    /// <summary>The family of a <see cref="ICompilerFamily.Name"/>, or null.</summary>
    public static ICompilerFamily? ByName(string name) => throw new NotImplementedException();
}
