using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class RealCompilerTests
{
    public static IEnumerable<object[]> Rows =>
        from compilers in RealCompiler.Pairs
        from row in MetadataTable.Rows
        where row.Treatment == Treatment.Mapped
        from source in Sources(row)
        select new object[] { compilers.C, compilers.Cxx, source, row.Metadata, row.Value };

    /// <summary>With -Werror a compiler that only warns of an argument (unknown, unused, wrong language) fails as well.</summary>
    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task The_compiler_accepts_the_arguments_of_every_value(string c, string cxx, string source, string metadata, string value)
    {
        using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
        project.Checkout.Add("project/" + source, "int main(void) { return 0; }\n");
        List<(string, string)> settings = [(metadata, value)];
        if (metadata != "TreatWarningAsError")
        {
            settings.Add(("TreatWarningAsError", "true"));
        }

        MetadataRow row = MetadataTable.Find(metadata, value)!;
        if (row.Beside is { } beside)
        {
            settings.Add((beside.Metadata, beside.Values[0]));
        }

        string[] expected = [.. row.Arguments(clang: c.Contains("clang", StringComparison.Ordinal))];
        IReadOnlyList<string> arguments = project.Unit(source, [.. settings]).Command.Arguments;

        CollectionAssert.IsSubsetOf(expected, arguments.ToArray());
        await RealCompiler.AcceptsAsync(project.Unit(source, [.. settings]));
    }

    [TestMethod]
    public async Task Everything_at_once_is_accepted()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with
            {
                CCompiler = c,
                CxxCompiler = cxx,
                ConfigurationType = "DynamicLibrary",
                IncludePath = "../include",
            });
            project.Checkout.Add("include/all.h", "#include <string>\n#include <vector>\n#include <iostream>\n");
            project.Checkout.Add("project/src/a.cpp", "int main() { std::vector<std::string> v{NAME}; std::cout << v[0]; }\n");

            await RealCompiler.AcceptsAsync(project.Unit(
                @"src\a.cpp",
                ("ForcedIncludeFiles", "ALL.h"), ("PreprocessorDefinitions", "NAME=\"x\";WIN32;_DEBUG"), ("RuntimeLibrary", "MultiThreadedDebugDLL"),
                ("Optimization", "MaxSpeed"), ("FavorSizeOrSpeed", "Speed"), ("WholeProgramOptimization", "true"),
                ("DebugInformationFormat", "ProgramDatabase"), ("WarningLevel", "Level4"), ("TreatWarningAsError", "true"),
                ("LanguageStandard", "stdcpp20"), ("BufferSecurityCheck", "true"), ("FunctionLevelLinking", "true"), ("FloatingPointModel", "Strict"),
                ("InlineFunctionExpansion", "AnySuitable"), ("DisableSpecificWarnings", "4100;4251;4996"), ("ObjectFileName", @"x64\Debug\"),
                ("AdditionalOptions", "/utf-8 /bigobj -fvisibility=hidden")));
        }
    }

    [TestMethod]
    public async Task A_link_time_object_is_the_same_each_time()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.c", "static int twice(int x) { return 2 * x; }\nint f(int x) { return twice(x); }\n");
            string objectFile = project.Checkout["project/a.obj"];

            await RealCompiler.AcceptsAsync(project.Unit("a.c", ("WholeProgramOptimization", "true")));
            byte[] first = await File.ReadAllBytesAsync(objectFile);
            File.Delete(objectFile);
            await RealCompiler.AcceptsAsync(project.Unit("a.c", ("WholeProgramOptimization", "true")));

            CollectionAssert.AreEqual(first, await File.ReadAllBytesAsync(objectFile));
        }
    }

    private static IEnumerable<string> Sources(MetadataRow row)
    {
        if (row.Languages.HasFlag(SourceLanguages.C))
        {
            yield return "a.c";
        }

        if (row.Languages.HasFlag(SourceLanguages.Cxx))
        {
            yield return "a.cpp";
        }
    }
}
