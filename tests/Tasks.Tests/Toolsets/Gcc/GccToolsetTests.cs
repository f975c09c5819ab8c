using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class GccToolsetTests
{
    [TestMethod]
    public void A_whole_command_reads_as_a_person_would_write_it()
    {
        using Project project = new();
        project.Checkout.Add("Include/x.h");
        project.Checkout.Add("project/Src/a.cpp");

        TranslationUnit unit = project.Unit(
            @"src\A.cpp",
            ("AdditionalIncludeDirectories", @"..\include;%(AdditionalIncludeDirectories)"),
            ("PreprocessorDefinitions", "WIN32;NDEBUG;CMAKE_INTDIR=\"Debug\";__declspec(x)="),
            ("Optimization", "MaxSpeed"),
            ("WarningLevel", "Level4"),
            ("LanguageStandard", "stdcpp17"),
            ("ObjectFileName", @"x64\Release\"));

        Assert.AreEqual(
            "g++ -fno-diagnostics-show-caret -I../Include -Wall -Wextra -Wno-unknown-pragmas -O2 -std=gnu++17 -DNDEBUG -DCMAKE_INTDIR=\"Debug\" -D__declspec(x)= "
            + "-c Src/a.cpp -o x64/Release/A.obj",
            unit.Command.Compiler + " " + string.Join(' ', unit.Command.Arguments));
        Assert.AreEqual("src/A.cpp", unit.Name, "as MSBuild itself spells it on this system");
        Assert.AreEqual(project.Checkout["project/Src/a.cpp"], unit.Source);
        Assert.AreEqual(project.Checkout["project/x64/Release/A.obj"], unit.Object);
        Assert.AreEqual(project.Checkout["project"], unit.Command.WorkingDirectory);
    }

    [TestMethod]
    public void Two_checkouts_have_the_same_arguments()
    {
        using Project one = new();
        using Project two = new();
        (string, string)[] metadata =
        [
            ("AdditionalIncludeDirectories", "../include;gen;/usr/include/c"), ("ForcedIncludeFiles", "all.h"),
            ("ObjectFileName", "../out/"), ("WholeProgramOptimization", "true"),
        ];
        one.Checkout.Add("include/all.h");
        two.Checkout.Add("include/all.h");

        CollectionAssert.AreEqual(
            one.Unit(one.Checkout["project/a.cpp"], metadata).Command.Arguments.ToArray(),
            two.Unit(two.Checkout["project/a.cpp"], metadata).Command.Arguments.ToArray());
    }

    [TestMethod]
    [DataRow("", "project/a.obj")]
    [DataRow(@"x64\Debug\", "project/x64/Debug/a.obj")]
    [DataRow("x64/Debug/", "project/x64/Debug/a.obj")]
    [DataRow("there", "project/there/a.obj")]
    [DataRow("notthere", "project/notthere")]
    [DataRow(@"x.dir\Debug\/src/same/a.cpp.obj", "project/x.dir/Debug/src/same/a.cpp.obj")]
    [DataRow(@"..\OUT\one.o", "OUT/one.o")]
    public void The_object_is_a_file_or_goes_into_a_folder(string objectFileName, string expected)
    {
        using Project project = new();
        Directory.CreateDirectory(project.Checkout["project/there"]);
        Directory.CreateDirectory(project.Checkout["out"]);

        TranslationUnit unit = project.Unit(@"sub\a.cpp", ("ObjectFileName", objectFileName));

        Assert.AreEqual(project.Checkout[expected], unit.Object);
        Assert.AreEqual(unit.Object, unit.Command.FullPath(unit.Command.Arguments[^1]));
    }

    [TestMethod]
    public void Outside_the_root_paths_are_absolute()
    {
        using Project project = new();
        using Checkout other = new();

        TranslationUnit unit = project.Unit(other["a.cpp"], ("ObjectFileName", other["out/"]));

        CollectionAssert.AreEqual(new[] { "-c", other["a.cpp"], "-o", other["out/a.obj"] }, unit.Command.Arguments.TakeLast(4).ToArray());
    }

    [TestMethod]
    [DataRow("a.c", "", "gcc", "")]
    [DataRow("a.cpp", "", "g++", "")]
    [DataRow("a.cxx", "Default", "g++", "")]
    [DataRow("a.c", "CompileAsC", "gcc", "")]
    [DataRow("a.c", "CompileAsCpp", "g++", "-x c++")]
    [DataRow("a.cpp", "CompileAsC", "gcc", "-x c")]
    [DataRow("a.cpp", "CompileAsCpp", "g++", "")]
    [DataRow("A.C", "", "gcc", "-x c")]
    [DataRow("a.inl", "CompileAsCpp", "g++", "-x c++")]
    [DataRow("a.CC", "", "g++", "-x c++")]
    public void The_language_decides_the_compiler(string source, string compileAs, string compiler, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(compiler, project.Unit(source, ("CompileAs", compileAs)).Command.Compiler);
        Assert.AreEqual(arguments, project.Arguments(source, ("CompileAs", compileAs)));
    }

    [TestMethod]
    [DataRow("Application", "")]
    [DataRow("Utility", "")]
    [DataRow("StaticLibrary", "-fPIC")]
    [DataRow("DynamicLibrary", "-fPIC")]
    public void Libraries_are_position_independent(string configurationType, string arguments)
    {
        using Project project = new(options => options with { ConfigurationType = configurationType });

        Assert.AreEqual(arguments, project.Arguments("a.c"));
    }

    [TestMethod]
    public void A_compiler_setting_may_carry_arguments_and_a_path()
    {
        using Project project = new(options => options with { CCompiler = "clang-19 -m32 \"-DX=a b\"", CxxCompiler = "../tools/g++" });

        TranslationUnit c = project.Unit("a.c"), cxx = project.Unit("a.cpp");

        Assert.AreEqual("clang-19", c.Command.Compiler);
        CollectionAssert.AreEqual(new[] { "-m32", "-DX=a b", "-fno-caret-diagnostics" }, c.Command.Arguments.Take(3).ToArray());
        Assert.AreEqual(project.Checkout["tools/g++"], cxx.Command.Compiler);
    }

    [TestMethod]
    public void A_compiler_path_may_hold_blanks_unquoted()
    {
        using Checkout tools = new();
        string compiler = tools.Add("my tools/gcc");
        using Project project = new(options => options with { CCompiler = compiler });

        Assert.AreEqual(compiler, project.Unit("a.c").Command.Compiler);
    }

    [TestMethod]
    [DataRow("ccache clang++", true)]
    [DataRow("/opt/llvm/bin/clang++-19", true)]
    [DataRow("links/c++", true)]
    [DataRow("x86_64-linux-gnu-g++-12 -fclang-abi-compat=9", false)]
    [DataRow("no-such-compiler", false)]
    public void Clang_is_known_behind_a_launcher_and_a_link(string setting, bool clang)
    {
        using Checkout tools = new();
        tools.Add("clang-99");
        Directory.CreateDirectory(tools["links"]);
        File.CreateSymbolicLink(tools["alternative"], tools["clang-99"]);
        File.CreateSymbolicLink(tools["links/c++"], tools["alternative"]);
        foreach (string compiler in new[] { setting, setting.Replace("links/", "", StringComparison.Ordinal) })
        {
            using Project project = new(options => options with
            {
                CxxCompiler = compiler.Replace("links/", tools["links/"], StringComparison.Ordinal),
                Environment = new Dictionary<string, string> { ["PATH"] = "/no/such:" + tools["links"] },
            });

            Assert.Contains(clang ? "-fno-caret-diagnostics" : "-fno-diagnostics-show-caret", project.Unit("a.cpp").Command.Arguments, compiler);
        }
    }

    [TestMethod]
    [DataRow("", "gcc")]
    [DataRow("   ", "gcc")]
    public void An_empty_compiler_setting_means_the_default(string setting, string compiler)
    {
        using Project project = new(options => options with { CCompiler = setting });

        Assert.AreEqual(compiler, project.Unit("a.c").Command.Compiler);
    }

    [TestMethod]
    [DataRow("a.ixx", "", ".ixx: C++ modules are not built by this toolset")]
    [DataRow("a.cppm", "Default", ".cppm: C++ modules are not built by this toolset")]
    [DataRow("a.cpp", "CompileAsCppModule", "CompileAs=CompileAsCppModule: C++ modules are not built by this toolset")]
    [DataRow("a.cpp", "CompileAsHeaderUnit", "CompileAs=CompileAsHeaderUnit: C++ modules are not built by this toolset")]
    public void A_module_is_refused_with_a_reason(string source, string compileAs, string reason)
    {
        using Project project = new();

        ToolsetCommand command = project.Make(source, ("CompileAs", compileAs));

        Assert.IsNull(command.Unit);
        Assert.AreEqual(reason, command.Reason);
    }

    [TestMethod]
    [DataRow("AdditionalIncludeDirectories")]
    [DataRow("ForcedIncludeFiles")]
    [DataRow("ObjectFileName")]
    public void A_path_that_is_none_is_a_reason_not_a_crash(string metadata)
    {
        using Project project = new();

        ToolsetCommand command = project.Make("a.cpp", (metadata, "x%00y"));

        Assert.IsNull(command.Unit);
        Assert.StartsWith("a path among its settings is none: ", command.Reason);
    }

    [TestMethod]
    public void The_environment_is_the_one_given()
    {
        Dictionary<string, string> environment = new() { ["ONLY"] = "this" };
        using Project project = new(options => options with { Environment = environment });

        Assert.AreSame(environment, project.Unit("a.c").Command.Environment);
    }

    [TestMethod]
    public void Link_time_objects_are_seeded_by_their_source()
    {
        using Project project = new();

        Assert.AreEqual("-flto -ffat-lto-objects -frandom-seed=src/a.c", project.Arguments("src/a.c", ("WholeProgramOptimization", "true")));
        Assert.AreEqual("-flto -ffat-lto-objects -frandom-seed=src/b.c", project.Arguments("src/b.c", ("WholeProgramOptimization", "true")));
    }
}
