using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

/// <summary>What changes the key of a preprocessed unit and what does not, with real compilers; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class UnitKeyTests
{
    private const string Source = "#include \"h.h\"\n#ifndef V\n#define V 1\n#endif\nint a = V + H;\n";

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Toolchain_language_macros_headers_and_arguments_change_it_1_14_16_19_21(string compiler)
    {
        using CompilerLab lab = Lab();
        Digest?[] keys =
        [
            await KeyAsync(lab, compiler, "-O2"),
            await CompilerLab.KeyAsync(lab.Command(compiler, "-O2", "-c", "a.c"), Digest.Of("another"u8)),
            await KeyAsync(lab, compiler, "-O1"),
            await KeyAsync(lab, compiler, "-O2 -Wall -Wno-all"),
            await KeyAsync(lab, compiler, "-O2 -Wno-all -Wall"),
            await KeyAsync(lab, compiler, "-O2 -DV=2"),
            await KeyAsync(lab, compiler, "-O2 -include third/only.h"),
            await KeyAsync(lab, compiler, "-O2 -x c++"),
            await KeyAsync(lab, compiler, "-O2 -fdiagnostics-color=always"),
        ];

        Assert.HasCount(keys.Length, keys.Distinct().ToArray());
        CollectionAssert.DoesNotContain(keys, null);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Names_of_outputs_and_unused_folders_do_not_15_25_35(string compiler)
    {
        using CompilerLab lab = Lab();
        Digest? key = await KeyAsync(lab, compiler, "-O2");

        Assert.AreEqual(key, await KeyAsync(lab, compiler, "-O2 -o b.o -MD -MF x.d -pipe"));
        Assert.AreEqual(key, await KeyAsync(lab, compiler, "-O2 -I no/such -Ino/such"));
        Assert.AreEqual(key, await KeyAsync(lab, compiler, "-O2 -fdiagnostics-color=never"));
    }

    [TestMethod]
    public async Task Include_paths_out_of_the_environment_count_by_what_they_find_65()
    {
        using CompilerLab lab = Lab();
        Digest? key = await KeyAsync(lab, "gcc", "-O2");
        lab.Environment["CPATH"] = Path.Combine(lab.Project, "third");
        Assert.AreEqual(key, await KeyAsync(lab, "gcc", "-O2"));

        lab.Write("b.c", "#include <only.h>\n");
        Digest? third = await CompilerLab.KeyAsync(lab.Command("gcc", "-c", "b.c"));
        lab.Environment["CPATH"] = Path.Combine(lab.Project, "other");
        Assert.AreNotEqual(third, await CompilerLab.KeyAsync(lab.Command("gcc", "-c", "b.c")));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task The_working_directory_changes_it_only_with_debug_information_36_37_94(string compiler)
    {
        using CompilerLab one = Lab(), two = Lab();

        Assert.AreEqual(await KeyAsync(one, compiler, "-O2"), await KeyAsync(two, compiler, "-O2"));
        Assert.AreEqual(await KeyAsync(one, compiler, "-g -g0 -gz"), await KeyAsync(two, compiler, "-g -g0 -gz"));
        Assert.AreNotEqual(await KeyAsync(one, compiler, "-g"), await KeyAsync(two, compiler, "-g"));
        Assert.AreNotEqual(await KeyAsync(one, compiler, "-gdwarf-4"), await KeyAsync(two, compiler, "-gdwarf-4"));
    }

    [TestMethod]
    public async Task The_directory_that_clang_records_is_the_one_in_the_key_36_46()
    {
        using CompilerLab lab = Lab();
        string link = Path.Combine(lab.Project, "link");
        Directory.CreateSymbolicLink(link, lab.Project);
        CompileCommand plain = lab.Command("clang-19", "-g", "-gdwarf-4", "-c", "a.c", "-o", "a.o") with { WorkingDirectory = link };
        CompileCommand named = plain with { Environment = new Dictionary<string, string>(plain.Environment.ToDictionary()) { ["PWD"] = link } };
        CompileCommand elsewhere = plain with { Environment = new Dictionary<string, string>(plain.Environment.ToDictionary()) { ["PWD"] = "/" } };

        foreach (CompileCommand command in (CompileCommand[])[plain, named, elsewhere])
        {
            PreprocessPlan plan = CompilerLab.Plans(command)[0];
            PlainCompile compiled = await CompilerLab.CompilePlainAsync(command);
            PlainCompile remote = await lab.CompileTextAsync(command, plan, (await CompilerLab.PreprocessAsync(plan)).Text);
            CollectionAssert.AreEqual(compiled.Object, remote.Object);
        }

        Assert.AreEqual(await CompilerLab.KeyAsync(plain), await CompilerLab.KeyAsync(elsewhere));
        Assert.AreNotEqual(await CompilerLab.KeyAsync(plain), await CompilerLab.KeyAsync(named));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Time_macros_count_by_their_value_47_48(string compiler)
    {
        using CompilerLab lab = Lab();
        lab.Write("a.c", "const char *when = __DATE__ __TIME__;\n");
        lab.Environment["SOURCE_DATE_EPOCH"] = "1000000000";
        Digest? key = await KeyAsync(lab, compiler, "-O2");
        Assert.IsNotNull(key);
        Assert.AreEqual(key, await KeyAsync(lab, compiler, "-O2"));

        lab.Environment["SOURCE_DATE_EPOCH"] = "1000000001";
        Assert.AreNotEqual(key, await KeyAsync(lab, compiler, "-O2"));

        lab.Write("a.c", Source);
        Digest? without = await KeyAsync(lab, compiler, "-O2");
        lab.Environment["SOURCE_DATE_EPOCH"] = "1000000002";
        Assert.AreEqual(without, await KeyAsync(lab, compiler, "-O2"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task An_expanded_text_is_keyed_with_the_layout_of_its_files_55(string compiler)
    {
        using CompilerLab lab = Lab();
        lab.Environment["SOURCE_DATE_EPOCH"] = "1000000000";
        lab.Write("a.c", "const char *when = __DATE__;   int a;\n");
        Digest? key = await KeyAsync(lab, compiler, "-O2");

        lab.Write("a.c", "const char *when = __DATE__; int a;\n");

        Assert.AreNotEqual(key, await KeyAsync(lab, compiler, "-O2"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task A_header_that_appears_earlier_and_one_that_is_asked_for_change_it_51_52_53(string compiler)
    {
        using CompilerLab lab = Lab();
        lab.Write("a.c", "#include <late.h>\n#if __has_include(\"asked.h\")\nint asked;\n#endif\n");
        lab.Write("other/late.h", "int late;\n");
        Digest? key = await KeyAsync(lab, compiler, "-Ithird -Iother");

        lab.Write("asked.h", "");
        Digest? asked = await KeyAsync(lab, compiler, "-Ithird -Iother");
        lab.Write("third/late.h", "int late;\n");
        Digest? late = await KeyAsync(lab, compiler, "-Ithird -Iother");

        Assert.HasCount(3, ((Digest?[])[key, asked, late]).Distinct().ToArray());
    }

    [TestMethod]
    public async Task Diagnostics_in_another_language_are_another_result_64()
    {
        using CompilerLab lab = Lab();
        Dictionary<string, Digest?> keys = [];
        foreach (string locale in (string[])["C", "C.UTF-8", "en_US.UTF-8", "en_US.utf8", "de_DE.UTF-8"])
        {
            lab.Environment["LC_ALL"] = locale;
            keys[locale] = await KeyAsync(lab, "gcc", "-O2");
        }

        Assert.AreEqual(keys["C.UTF-8"], keys["en_US.UTF-8"]);
        Assert.AreEqual(keys["C.UTF-8"], keys["en_US.utf8"]);
        Assert.AreNotEqual(keys["C"], keys["C.UTF-8"]);
        Assert.AreNotEqual(keys["C.UTF-8"], keys["de_DE.UTF-8"]);
    }

    [TestMethod]
    public async Task The_plan_is_part_of_the_key_56()
    {
        using CompilerLab lab = Lab();
        IReadOnlyList<PreprocessPlan> plans = CompilerLab.Plans(lab.Command("gcc", "-c", "a.c"));
        Digest text = Digest.Of((await CompilerLab.PreprocessAsync(plans[0])).Text);

        Assert.AreNotEqual(UnitKey.Of(default, plans[0], text, []), UnitKey.Of(default, plans[1], text, [default]));
        Assert.ThrowsExactly<ArgumentException>(() => UnitKey.Of(default, plans[1], text, []));
        Assert.ThrowsExactly<ArgumentException>(() => UnitKey.Of(default, plans[0], text, [default]));
    }

    private static CompilerLab Lab()
    {
        CompilerLab lab = new();
        lab.Write("a.c", Source);
        lab.Write("h.h", "#define H 1\n");
        lab.Write("other/h.h", "#define H 1\n");
        lab.Write("other/only.h", "int only = 1;\n");
        lab.Write("third/only.h", "int only = 2;\n");
        return lab;
    }

    private static Task<Digest?> KeyAsync(CompilerLab lab, string compiler, string options) =>
        CompilerLab.KeyAsync(lab.Command(compiler, [.. options.Split(' '), "-c", "a.c"]));
}
