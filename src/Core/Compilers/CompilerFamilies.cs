using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Compilers.Msvc;

namespace DistBuild.Core.Compilers;

/// <summary>The compiler families this product knows.</summary>
public static class CompilerFamilies
{
    private static readonly ICompilerFamily[] All = [new GccFamily(), new ClangFamily(), new ClangClFamily(), new ClFamily()];

    /// <summary>
    /// The family a driver's file name speaks for (<c>g++-12</c>, <c>x86_64-linux-gnu-gcc</c>, <c>clang-cl.exe</c>), or null. cc and c++ are looked up
    /// on the disk: given as a path, they are what their symbolic link leads to.
    /// </summary>
    public static ICompilerFamily? ForDriver(string driver)
    {
        string? family = DriverName.Family(driver);
        if (family == DriverName.Generic)
        {
            family = RealPath.Chain(driver).Select(DriverName.Family).FirstOrDefault(name => name is not (null or DriverName.Generic));
        }

        return family is null ? null : ByName(family);
    }

    /// <summary>The family of a <see cref="ICompilerFamily.Name"/>, or null.</summary>
    public static ICompilerFamily? ByName(string name) => Array.Find(All, family => family.Name == name);
}
