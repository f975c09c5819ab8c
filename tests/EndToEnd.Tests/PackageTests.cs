using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.EndToEnd.Tests;

[TestClass]
public sealed class PackageTests
{
    [TestMethod]
    public void The_package_has_a_door_two_forwarders_and_the_task_for_both_MSBuilds()
    {
        string[] files = FilesOf(Product.Package);

        foreach (string file in (string[])
        [
            "README.md",
            "build/native/DistBuild.props", "build/native/DistBuild.targets",
            "build/DistBuild.props", "build/DistBuild.targets",
            "buildTransitive/DistBuild.props", "buildTransitive/DistBuild.targets",
            "cmake/DistBuild.cmake",
            "tools/net10.0/DistBuild.Core.dll", "tools/net10.0/DistBuild.Tasks.dll",
            "tools/net10.0/linux-x64/DistBuild.Core.dll", "tools/net10.0/linux-x64/DistBuild.Tasks.dll",
            "tools/netstandard2.0/DistBuild.Core.dll", "tools/netstandard2.0/DistBuild.Tasks.dll",
        ])
        {
            Assert.Contains(file, files);
        }

        string[] strangers = [.. files.Where(file => file is not ("README.md" or "cmake/DistBuild.cmake") && !file.StartsWith("build", StringComparison.Ordinal) && !file.StartsWith("tools/", StringComparison.Ordinal))];
        Assert.IsEmpty(strangers, string.Join(", ", strangers));
        Assert.IsEmpty(files.Where(file => file.Contains("Microsoft.Build", StringComparison.OrdinalIgnoreCase)), "MSBuild's own assemblies come from MSBuild");
    }

    [TestMethod]
    public void The_package_depends_on_nothing_and_stays_out_of_what_its_user_packs()
    {
        XElement metadata = NuspecOf(Product.Package);

        Assert.AreEqual("true", Value(metadata, "developmentDependency"));
        Assert.IsNull(Element(metadata, "dependencies"));
        Assert.AreEqual("README.md", Value(metadata, "readme"));
        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.IsGreaterThan(50, Value(metadata, "description").Length);
        Assert.Contains("vcxproj", Value(metadata, "tags"));
    }

    [TestMethod]
    public void Both_packages_have_one_version()
    {
        Assert.AreEqual(Value(NuspecOf(Product.Package), "version"), Value(NuspecOf(Product.ToolPackage), "version"));
    }

    [TestMethod]
    [DataRow("tools/net10.0/", "Microsoft.NETCore.App")]
    [DataRow("tools/netstandard2.0/", "netstandard")]
    public void Everything_the_task_loads_is_beside_it_in_the_very_version_it_asks_for(string folder, string platform)
    {
        using ZipArchive package = ZipFile.OpenRead(Product.Package);
        Dictionary<string, AssemblyName> carried = [];
        List<AssemblyName> wanted = [];
        foreach (ZipArchiveEntry entry in package.Entries.Where(entry => entry.FullName.StartsWith(folder, StringComparison.Ordinal) && entry.Name.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using PEReader image = new(new MemoryStream(ReadAll(entry)));
            MetadataReader metadata = image.GetMetadataReader();
            carried[Path.GetFileNameWithoutExtension(entry.Name)] = metadata.GetAssemblyDefinition().GetAssemblyName();
            wanted.AddRange(metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName()));
        }

        foreach (AssemblyName reference in wanted)
        {
            if (carried.TryGetValue(reference.Name!, out AssemblyName? own))
            {
                // .NET Framework binds a strong name to exactly one version.
                Assert.IsTrue(platform != "netstandard" || own.Version == reference.Version, $"{reference} is wanted, {own} is there");
                continue;
            }

            bool ofTheHost = reference.Name!.StartsWith("Microsoft.Build.", StringComparison.Ordinal)
                || (platform == "netstandard" ? reference.Name == "netstandard" : File.Exists(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), reference.Name + ".dll")));
            Assert.IsTrue(ofTheHost, $"{reference} is not in {folder}");
        }
    }

    [TestMethod]
    public void The_package_and_the_tool_carry_the_same_task_so_that_a_build_loads_it_once()
    {
        const string Id = "tools/net10.0/DistBuild.Tasks.id", Vc = "tools/net10.0/any/vc/tasks/net10.0/DistBuild.Tasks.id";
        using ZipArchive package = ZipFile.OpenRead(Product.Package), tool = ZipFile.OpenRead(Product.ToolPackage);

        byte[] id = ReadAll(package.GetEntry(Id)!);

        Assert.IsNotEmpty(id);
        CollectionAssert.AreEqual(id, ReadAll(tool.GetEntry(Vc)!));
    }

    [TestMethod]
    public void The_tool_carries_the_portable_targets_with_the_task_they_use()
    {
        string[] files = FilesOf(Product.ToolPackage);

        foreach (string file in (string[])["Microsoft.Cpp.Default.props", "Microsoft.Cpp.props", "Microsoft.Cpp.targets", "tasks/net10.0/DistBuild.Tasks.dll", "tasks/net10.0/DistBuild.Core.dll"])
        {
            Assert.Contains($"tools/net10.0/any/vc/{file}", files);
        }

        Assert.IsEmpty(files.Where(file => file.Contains("Microsoft.Build", StringComparison.OrdinalIgnoreCase)), "MSBuild's own assemblies come from MSBuild");
    }

    [TestMethod]
    public async Task The_installed_tool_has_its_code_compiled_for_this_system()
    {
        using TemporaryFolder folder = new("distbuild-precompiled-");
        Dictionary<string, string> environment = Product.CleanEnvironment();
        environment["DOTNET_JitStdOutFile"] = folder["methods"];
        environment["DOTNET_JitDisasmSummary"] = "1";
        await using RunningProgram tool = RunningProgram.Start(Product.Tool, ["--version"], folder.Path, environment);

        (await tool.ExitAsync(TimeSpan.FromMinutes(1))).MustSucceed();

        // A thousand and more where everything is compiled at run time, a handful otherwise.
        Assert.IsLessThan(200, File.ReadLines(folder["methods"]).Count());
    }

    // The parts every NuGet package has are left out.
    private static string[] FilesOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)
            .Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal) && !name.StartsWith("_rels/", StringComparison.Ordinal)
                && !name.StartsWith("package/", StringComparison.Ordinal) && name != "[Content_Types].xml")];
    }

    private static XElement NuspecOf(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        using Stream nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return Element(XDocument.Load(nuspec).Root!, "metadata")!;
    }

    private static XElement? Element(XElement parent, string name) => parent.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string Value(XElement parent, string name) => Element(parent, name)?.Value ?? "";

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using MemoryStream copy = new();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
