namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>A static library of four units in C++ and C, quick to compile; two of them include <c>shared.h</c>.</summary>
internal sealed record Library
{
    public const int Units = 4;

    public const string Project = "library.vcxproj";

    /// <summary>Metadata of every unit.</summary>
    public IReadOnlyList<(string Name, string Value)> Compile { get; init; } = [];

    /// <summary>A developer who has the library and has run <c>distbuild init</c>.</summary>
    public static async Task<Developer> CheckOutAsync()
    {
        Developer developer = new();
        new Library().WriteTo(developer);
        await developer.InitializeAsync();
        return developer;
    }

    public void WriteTo(Developer developer)
    {
        developer.Write("shared.h", "#pragma once\ninline int shared() { return 42; }\n");
        developer.Write("user1.cpp", "#include \"shared.h\"\nint user1() { return shared() + 1; }\n");
        developer.Write("user2.cpp", "#include \"shared.h\"\nint user2() { return shared() + 2; }\n");
        developer.Write("loner.cpp", "#include <string>\nstd::string loner(int n) { return std::to_string(n); }\n");
        developer.Write("plain.c", "#include <string.h>\nint plain(const char *text) { return (int)strlen(text); }\n");
        new VcxProject("user1.cpp", "user2.cpp", "loner.cpp", "plain.c") { ConfigurationType = "StaticLibrary", Compile = Compile }.WriteTo(developer, Project);
    }

    /// <summary>The objects the last build left, by name.</summary>
    public static Dictionary<string, byte[]> Objects(Developer developer) =>
        developer.Objects().ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllBytes);
}
