using System.Reflection;
using System.Runtime.Versioning;

namespace DistBuild.Tests.Shared;

/// <summary>The product's assemblies exist twice, for .NET and for .NET Framework.</summary>
internal static class LoadedAssembly
{
#if NETFRAMEWORK
    private const string Framework = ".NETStandard,Version=v2.0";
#else
    private const string Framework = ".NETCoreApp,Version=v10.0";
#endif

    public static void MustBeOfThisRuntime(Assembly assembly) =>
        Assert.AreEqual(Framework, assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);
}
