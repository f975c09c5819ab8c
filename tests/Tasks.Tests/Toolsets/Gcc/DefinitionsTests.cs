namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class DefinitionsTests
{
    [TestMethod]
    [DataRow("A;B=1;C=", "-DA -DB=1 -DC=")]
    [DataRow("CMAKE_INTDIR=\"Debug\"", "-DCMAKE_INTDIR=\"Debug\"")]
    [DataRow("SAY=\"a \\\"b\\\"\"", "-DSAY=\"a \\\"b\\\"\"")]
    [DataRow("NAME#\"x\"", "-DNAME=\"x\"")]
    [DataRow("COLOR=\"#fff\"", "-DCOLOR=\"#fff\"")]
    [DataRow("\"QUOTED=a b\"", "-DQUOTED=a b")]
    [DataRow("MAX(a,b)=((a)>(b)?(a):(b))", "-DMAX(a,b)=((a)>(b)?(a):(b))")]
    [DataRow("LIST=1%3B2", "-DLIST=1;2")]
    [DataRow("UNICODE;_UNICODE;_MBCS;_LIB;NOMINMAX", "-DUNICODE -D_UNICODE -D_MBCS -D_LIB -DNOMINMAX")]
    [DataRow("WIN32;_WIN32;WIN64;_WIN64;_WINDOWS;_WIN32_WINNT=0x0601;WINVER=0x0601;WIN32=1;A", "-DA")]
    [DataRow("WIN32_LEAN_AND_MEAN;_WINDOWS_NOT", "-DWIN32_LEAN_AND_MEAN -D_WINDOWS_NOT")]
    [DataRow("%(PreprocessorDefinitions)", "")]
    public void Definitions_keep_their_text_and_lose_what_claims_Windows(string definitions, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(arguments, project.Arguments("a.c", ("PreprocessorDefinitions", definitions)));
    }

    [TestMethod]
    [DataRow("A=1;B;A=0", "-DB -DA=0")]
    [DataRow("A;B;A", "-DB -DA")]
    [DataRow("F(x)=1;F=2;G(x)=x", "-DF=2 -DG(x)=x")]
    public void Of_several_definitions_of_one_name_the_last_one_counts_as_with_cl(string definitions, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(arguments, project.Arguments("a.c", ("PreprocessorDefinitions", definitions)));
    }

    [TestMethod]
    public async Task A_name_defined_twice_is_no_warning()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.cpp", "static_assert(WANTED == 2, \"the last\");\n");

            await RealCompiler.AcceptsAsync(project.Unit(
                "a.cpp", ("PreprocessorDefinitions", "WANTED=1"), ("AdditionalOptions", "/D WANTED=2"), ("WarningLevel", "Level4"), ("TreatWarningAsError", "true")));
        }
    }

    [TestMethod]
    public void Undefinitions_come_after_definitions()
    {
        using Project project = new();

        Assert.AreEqual("-DA -UA -UB", project.Arguments("a.c", ("UndefinePreprocessorDefinitions", "A;B"), ("PreprocessorDefinitions", "A")));
    }

    [TestMethod]
    public void A_project_may_bring_its_own_declspec()
    {
        using Project project = new();

        IReadOnlyList<string> arguments = project.Unit("a.c", ("PreprocessorDefinitions", "__declspec(anything)=")).Command.Arguments;

        string[] about = [.. arguments.Where(argument => argument.Contains("__declspec", StringComparison.Ordinal))];
        CollectionAssert.AreEqual(new[] { "-D__declspec(anything)=" }, about);
    }

    [TestMethod]
    [DataRow("a.c")]
    [DataRow("a.cpp")]
    public async Task Quotes_reach_the_program_as_they_stand(string source)
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/" + source, """
                char name[sizeof("a \"b\"") == sizeof(NAME) ? 1 : -1];
                char list[sizeof("1;2") == sizeof(LIST) ? 1 : -1];

                """);

            await RealCompiler.AcceptsAsync(project.Unit(source, ("PreprocessorDefinitions", "NAME=\"a \\\"b\\\"\";LIST=\"1%3B2\"")));
        }
    }

    [TestMethod]
    public async Task Declspec_means_what_it_means_to_Visual_Studio()
    {
        const string source = """
            #define API __declspec(dllexport)
            extern "C" API int exported(int);
            __declspec(dllimport) int imported(int);
            class API Exported { public: void member(); };
            struct __declspec(align(16)) Aligned { int a; };
            static_assert(alignof(Aligned) == 16, "align is kept");
            __declspec(deprecated("use another")) void old_with_text();
            __declspec(deprecated) void old();
            __declspec(noreturn) void die();
            __declspec(noinline) __declspec(nothrow) int separate() { return 1; }
            __declspec(restrict) void* allocate();
            __declspec(selectany) int anywhere = 3;
            struct __declspec(novtable) Interface { virtual int f() = 0; };
            int exported(int x) { return x; }
            """;
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.cpp", source);

            await RealCompiler.AcceptsAsync(project.Unit("a.cpp", ("WarningLevel", "Level4"), ("TreatWarningAsError", "true")));
        }
    }

    [TestMethod]
    public async Task Sources_that_define_declspec_themselves_can_be_helped_by_the_project()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.c", "#define __declspec(a)\n__declspec(thread) int counter;\n");

            await RealCompiler.AcceptsAsync(project.Unit("a.c", ("UndefinePreprocessorDefinitions", "__declspec"), ("TreatWarningAsError", "true")));
        }
    }

    [TestMethod]
    public async Task A_declspec_without_a_counterpart_is_warned_of_by_name()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.cpp", "__declspec(thread) int counter;\n");

            (int exitCode, string printed) = await RealCompiler.RunAsync(project.Unit("a.cpp").Command);

            Assert.AreEqual(0, exitCode, printed);
            Assert.Contains("__declspec_thread", printed);
        }
    }
}
