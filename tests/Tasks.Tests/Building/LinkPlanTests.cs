using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class LinkPlanTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    [DataRow("GenerateDebugInformation", "false", "-Wl,--strip-debug")]
    [DataRow("OptimizeReferences", "true", "-Wl,--gc-sections")]
    [DataRow("IgnoreAllDefaultLibraries", "true", "-nodefaultlibs")]
    [DataRow("ForceSymbolReferences", "start;other", "-Wl,-u,start -Wl,-u,other")]
    [DataRow("LinkTimeCodeGeneration", "UseLinkTimeCodeGeneration", "-flto=auto")]
    [DataRow("AdditionalOptions", "-s /MACHINE:X64 -Wl,-z,now", "-s -Wl,-z,now")]
    public void Metadata_becomes_arguments(string name, string value, string expected)
    {
        string[] without = [.. Plan().Arguments];

        string[] added = [.. Plan((name, value)).Arguments.Where(argument => !without.Contains(argument))];

        Assert.AreEqual(expected, string.Join(' ', added));
    }

    [TestMethod]
    [DataRow("GenerateDebugInformation", "true")]
    [DataRow("LinkTimeCodeGeneration", "Default")]
    [DataRow("SubSystem", "Windows")]
    [DataRow("LinkIncremental", "true")]
    [DataRow("TargetMachine", "MachineX64")]
    public void Metadata_that_says_nothing_here_changes_nothing(string name, string value) =>
        CollectionAssert.AreEqual(Plan().Arguments.ToArray(), Plan((name, value)).Arguments.ToArray());

    [TestMethod]
    public void Without_default_libraries_but_with_the_run_time_by_name_the_default_ones_stay()
    {
        LinkPlan plan = Plan(("IgnoreAllDefaultLibraries", "true"), ("AdditionalDependencies", "libcmt.lib;kernel32.lib"));

        Assert.DoesNotContain("-nodefaultlibs", plan.Arguments);
        CollectionAssert.AreEqual((string[])["libcmt.lib", "kernel32.lib"], plan.Dropped.ToArray());
    }

    [TestMethod]
    public void Archives_stand_in_a_group_after_the_objects_and_shared_libraries_after_them()
    {
        TaskItem first = Reference("libfirst.a", "Static", "!<arch>\n"), second = Reference("libsecond.a", "Static", "!<arch>\n");
        TaskItem shared = Reference("libshared.so", "Shared", "\u007fELF\u0002\u0001\u0001\0\0\0\0\0\0\0\0\0\u0003\0");

        LinkPlan plan = Plan([shared, first, second, first], ("AdditionalDependencies", "second.lib"));

        string line = string.Join(' ', plan.Arguments);
        Assert.Contains("main.obj -Wl,--start-group libfirst.a libsecond.a -Wl,--end-group -Wl,--as-needed libshared.so -lm", line);
        CollectionAssert.AreEqual(
            (string[])[_checkout["main.obj"], _checkout["libshared.so"], _checkout["libfirst.a"], _checkout["libsecond.a"]], plan.Inputs.ToArray());
    }

    [TestMethod]
    public void A_shared_library_knows_its_name_and_must_be_complete()
    {
        LinkPlan plan = Plan(shared: true, driver: "g++", references: [], ("OutputFile", @"out\libfoo.so"));

        Assert.Contains("-shared -Xlinker -soname -Xlinker libfoo.so -Wl,--no-undefined", string.Join(' ', plan.Arguments));
    }

    [TestMethod]
    public void A_sanitizers_functions_are_in_the_program_not_in_its_shared_libraries() =>
        Assert.DoesNotContain("-Wl,--no-undefined", Plan(shared: true, driver: "clang++-19", references: [], ("AdditionalOptions", "-fsanitize=address")).Arguments);

    [TestMethod]
    public void Clang_links_whole_programs_with_lld_also_when_only_a_library_asks_for_it()
    {
        TaskItem library = Reference("liba.a", "Static", "!<arch>\n");
        library.SetMetadata("LinkTimeCodeGeneration", "true");

        Assert.Contains("-flto -ffat-lto-objects -fuse-ld=lld", string.Join(' ', Plan(shared: false, driver: "clang++-19", references: [library]).Arguments));
    }

    private LinkPlan Plan(params (string Name, string Value)[] metadata) => Plan([], metadata);

    private LinkPlan Plan(ITaskItem[] references, params (string Name, string Value)[] metadata) => Plan(shared: false, "g++", references, metadata);

    private LinkPlan Plan(bool shared, string driver, ITaskItem[] references, params (string Name, string Value)[] metadata)
    {
        TaskItem settings = new("settings", new Dictionary<string, string> { ["OutputFile"] = "out/app" });
        foreach ((string name, string value) in metadata)
        {
            settings.SetMetadata(name, value);
        }

        _checkout.Add("main.obj");
        ProjectPaths paths = new(_checkout.Root, _checkout.Root);
        LinkRequest request = new(LinkSettings.Read(settings, paths), shared, [new TaskItem("main.obj")], references, [], LibraryPath: "");
        return LinkPlan.Of(request, CompilerDriver.Parse(driver, "g++", _checkout.Root, ""), paths);
    }

    private TaskItem Reference(string file, string kind, string content) =>
        new(_checkout.Add(file, content), new Dictionary<string, string> { ["LinkKind"] = kind, ["LinkNames"] = Path.GetFileNameWithoutExtension(file) });
}
