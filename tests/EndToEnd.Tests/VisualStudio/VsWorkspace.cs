using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>A developer whose projects build with a skeleton of Visual Studio's targets (tests/Fixtures/vs-order): its order, and a stand-in for its compile task.</summary>
internal sealed class VsWorkspace : IDisposable
{
    public const string Vs2017 = "v150", Vs2022 = "v170";

    private readonly Developer _developer = new();

    public VsWorkspace(string version)
    {
        string targets = Path.Combine(Product.Repository, "tests", "Fixtures", "vs-order", version) + "/";
        _developer.Write("Directory.Build.rsp", $"-p:VCTargetsPath={targets}\n-rp:VCTargetsPath={targets}\n-p:CaseTasks={Product.PortableTargets}/tasks/net10.0/DistBuild.Tasks.dll\n");
    }

    public Developer Developer => _developer;

    public string Folder => _developer.Folder;

    public string this[string file] => _developer.PathOf(file);

    public void Write(string file, string text) => _developer.Write(file, text);

    /// <summary>Sources that each define a function of their name, and a main that calls all.</summary>
    public void WriteProgram(params string[] functions)
    {
        foreach (string function in functions)
        {
            _developer.Write($"{function}.cpp", $"#include \"shared.h\"\nint {function}() {{ return SHARED; }}\n");
        }

        _developer.Write("shared.h", "#pragma once\n#define SHARED 1\n");
        _developer.Write("main.cpp", $"{string.Concat(functions.Select(function => $"int {function}();\n"))}int main() {{ return 0{string.Concat(functions.Select(function => $" + {function}()"))}; }}\n");
    }

    public Task<BuildResult> BuildAsync(string project, params string[] arguments) => _developer.BuildAsync(project, arguments);

    /// <summary>What the stand-in for the stock compiler was given: a line for each of its runs; none where it had nothing to do.</summary>
    public string[] Stock(string project = "app") => Lines($"{project}/Debug/stock.log");

    /// <summary>The objects on the link line, without extension.</summary>
    public string Linked(string project = "app") => string.Concat(Lines($"{project}/Debug/link.log"));

    /// <summary>The text of a tracking log, or null.</summary>
    public string? Log(string name, string project = "app") => File.Exists(this[$"{project}/Debug/{project}.tlog/{name}"]) ? _developer.Read($"{project}/Debug/{project}.tlog/{name}") : null;

    /// <summary>All files below the working folder, relative, in order.</summary>
    public string[] Files() => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _developer.Dispose();

    private string[] Lines(string file) => File.Exists(this[file]) ? File.ReadAllLines(this[file]) : [];
}
