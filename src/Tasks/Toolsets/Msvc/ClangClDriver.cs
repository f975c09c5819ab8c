using DistBuild.Core.Compilers;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>The clang-cl that compiles here.</summary>
internal static class ClangClDriver
{
    private const string Name = "clang-cl";

    // Distributions install it under its version only.
    private const int Newest = 40, Oldest = 14;

    /// <param name="setting">As <c>CC</c> would give it. A plain <c>clang-cl</c> that is not there is looked for as <c>clang-cl-19</c> and the like, newest first.</param>
    public static CompilerDriver Parse(string setting, string projectDirectory, IReadOnlyDictionary<string, string> environment)
    {
        environment.TryGetValue("PATH", out string? searchPath);
        CompilerDriver driver = CompilerDriver.Parse(setting, Name, projectDirectory, searchPath ?? "");
        if (driver.Program != Name || IsThere(Name))
        {
            return driver;
        }

        string? versioned = Enumerable.Range(Oldest, Newest - Oldest + 1).Reverse().Select(version => $"{Name}-{version}").FirstOrDefault(IsThere);
        return driver with { Program = versioned ?? Name };

        bool IsThere(string program) => DriverFinder.Find(program, projectDirectory, environment) is not null;
    }
}
