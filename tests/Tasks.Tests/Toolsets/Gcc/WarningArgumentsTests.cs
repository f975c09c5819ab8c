using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class WarningArgumentsTests
{
    [TestMethod]
    [DataRow("a.c", "4100", "-Wno-unused-parameter")]
    [DataRow("a.c", "4100;C4189, 4100", "-Wno-unused-parameter -Wno-unused-variable -Wno-unused-but-set-variable")]
    [DataRow("a.c", "4200;4201;4244;4267", "-Wno-pedantic -Wno-conversion")]
    [DataRow("a.c", "4275;4251", "")]
    [DataRow("a.c", "4265", "")]
    [DataRow("a.cpp", "4265", "-Wno-non-virtual-dtor")]
    [DataRow("a.cpp", "unused-variable;-Wshadow;-Wno-undef;%(DisableSpecificWarnings)", "-Wno-unused-variable -Wno-shadow -Wno-undef")]
    public void Numbers_become_names_and_names_pass(string source, string warnings, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(arguments, project.Arguments(source, ("DisableSpecificWarnings", warnings)));
    }

    [TestMethod]
    public void Single_warnings_come_after_the_level_and_errors_after_the_disabled()
    {
        using Project project = new();

        Assert.AreEqual(
            "-Wall -Wno-unknown-pragmas -Werror -Wno-unused-parameter -Werror=return-type",
            project.Arguments("a.c", ("TreatSpecificWarningsAsErrors", "4715"), ("DisableSpecificWarnings", "4100"), ("WarningLevel", "Level3"), ("TreatWarningAsError", "true")));
    }

    [TestMethod]
    public void No_number_stands_in_the_table_twice()
    {
        string[] twice = [.. WarningCode.Table.SelectMany(row => row.Numbers).GroupBy(number => number).Where(rows => rows.Count() > 1).Select(rows => rows.Key)];

        Assert.IsEmpty(twice, string.Join(", ", twice));
    }

    [TestMethod]
    [DataRow("a.c")]
    [DataRow("a.cpp")]
    public async Task Both_compilers_know_every_name(string source)
    {
        string all = string.Join(';', WarningCode.Table.SelectMany(row => row.Numbers));
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/" + source, "int main(void) { return 0; }\n");

            await RealCompiler.AcceptsAsync(project.Unit(source, ("DisableSpecificWarnings", all), ("TreatWarningAsError", "true")));
            // gcc is silent about -Wno- of a name it does not know; it is not about -Werror=.
            await RealCompiler.AcceptsAsync(project.Unit(source, ("TreatSpecificWarningsAsErrors", all)));
        }
    }

    [TestMethod]
    public async Task A_disabled_warning_is_not_printed()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx });
            project.Checkout.Add("project/a.c", "#pragma warning(disable: 4100)\nint f(int unused) { int set; set = 1; return 0; }\n");
            (string, string)[] strict = [("WarningLevel", "Level4"), ("TreatWarningAsError", "true")];

            (int exitCode, string printed) = await RealCompiler.RunAsync(project.Unit("a.c", strict).Command);
            Assert.AreNotEqual(0, exitCode);
            Assert.Contains("unused", printed);
            await RealCompiler.AcceptsAsync(project.Unit("a.c", [.. strict, ("DisableSpecificWarnings", "4100;4189")]));
        }
    }
}
