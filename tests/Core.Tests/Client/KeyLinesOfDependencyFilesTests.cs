using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Dependency files on misses and hits: lines 25 and 88 of the list in docs/caching.md.</summary>
[TestClass]
public sealed class KeyLinesOfDependencyFilesTests : IDisposable
{
    private const string Source = "./src/a b$#.c";

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc", "-MD")]
    [DataRow("gcc", "-MMD")]
    [DataRow("gcc", "-MD -MP -MF out/own.d")]
    [DataRow("gcc", "-MMD -MP")]
    [DataRow("gcc", "-MD -MQ quoted$ -MT target$ -MQ ./second -MT third")]
    [DataRow("gcc", "-MMD -MT a_target_with_a_very_long_name_indeed.o -MT another_target_with_a_long_name.o -MT ./x")]
    [DataRow("clang-19", "-MD")]
    [DataRow("clang-19", "-MMD")]
    [DataRow("clang-19", "-MD -MP -MF out/own.d")]
    [DataRow("clang-19", "-MMD -MP")]
    [DataRow("clang-19", "-MD -MQ quoted$ -MT target$ -MQ ./second -MT third")]
    [DataRow("clang-19", "-MMD -MT a_target_with_a_very_long_name_indeed.o -MT another_target_with_a_long_name.o -MT ./x")]
    public async Task Line_25_88_a_dependency_file_is_what_the_compiler_would_write_byte_for_byte(string compiler, string options)
    {
        WriteProject("");
        string expected = await PlainAsync(compiler, options);

        Assert.AreEqual((UnitOutcome.CompiledLocally, expected), await MakeAsync(compiler, options), "a miss");
        Assert.AreEqual((UnitOutcome.LocalHit, expected), await MakeAsync(compiler, options), "a hit");
    }

    [TestMethod]
    [DataRow("gcc", "-MD")]
    [DataRow("gcc", "-MMD -MP")]
    [DataRow("clang-19", "-MD -MP")]
    [DataRow("clang-19", "-MMD")]
    public async Task Line_88_a_hit_on_a_compile_that_made_no_dependency_file_makes_one(string compiler, string options)
    {
        WriteProject("");
        string expected = await PlainAsync(compiler, options);

        Assert.AreEqual((UnitOutcome.CompiledLocally, ""), await MakeAsync(compiler, ""));
        Assert.AreEqual((UnitOutcome.LocalHit, expected), await MakeAsync(compiler, options));
        Assert.AreEqual((UnitOutcome.LocalHit, expected), await MakeAsync(compiler, options));
    }

    [TestMethod]
    [DataRow("gcc", "-MD -MP")]
    [DataRow("gcc", "-MMD")]
    [DataRow("clang-19", "-MD")]
    [DataRow("clang-19", "-MMD -MP")]
    public async Task Line_88_a_unit_that_is_keyed_by_its_text_has_its_dependency_file_too(string compiler, string options)
    {
        WriteProject("const char *const when = __TIME__;");
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1000000000";
        string expected = await PlainAsync(compiler, options);

        Assert.AreEqual((UnitOutcome.CompiledLocally, expected), await MakeAsync(compiler, options));
        Assert.AreEqual((UnitOutcome.LocalHit, expected), await MakeAsync(compiler, options));
    }

    [TestMethod]
    public async Task Line_88_a_dependency_file_that_cannot_be_written_fails_as_it_does_without_us()
    {
        WriteProject("");
        await MakeAsync("gcc", "-MD");

        UnitResult failed = await _engine.BuildAsync(Unit("gcc", "-MD -MF missing/a.d"));

        Assert.AreEqual(UnitOutcome.Failed, failed.Outcome);
        Assert.IsFalse(File.Exists(_engine["out/a.o"]));
    }

    private void WriteProject(string more)
    {
        _engine.Folder("out");
        for (int i = 0; i < 6; i++)
        {
            _engine.Write($"src/a_header_with_a_rather_long_name_{i}.h", "");
        }

        _engine.Write("src/sp ace$#.h", "#pragma GCC system_header\n#include \"below.h\"\n");
        _engine.Write("src/below.h", "");
        _engine.Write("src/probed.h", "");
        _engine.Write("pre.h", "");
        _engine.Write("third/größe.h", "#include \"beside.h\"\n");
        _engine.Write("third/beside.h", "");
        string includes = string.Concat(Enumerable.Range(0, 6).Select(i => $"#include \"a_header_with_a_rather_long_name_{i}.h\"\n"));
        _engine.Write(Source, $"{includes}#include \"sp ace$#.h\"\n#include <größe.h>\n#include \"../third/beside.h\"\n#if __has_include(\"probed.h\")\n#endif\n#include <stddef.h>\nint a;\n{more}\n");
    }

    private async Task<string> PlainAsync(string compiler, string options)
    {
        CompileCommand command = Unit(compiler, options).Command;
        ProcessResult plain = await ProcessRunner.RunAsync(ProcessRequest.For(command), CancellationToken.None);
        Assert.AreEqual(0, plain.ExitCode, System.Text.Encoding.UTF8.GetString(plain.Errors));
        return TakeDependencies();
    }

    private async Task<(UnitOutcome, string)> MakeAsync(string compiler, string options)
    {
        File.Delete(_engine["out/a.o"]);
        UnitResult result = await _engine.BuildAsync(Unit(compiler, options));
        Assert.DoesNotContain("not kept", result.Reason ?? "");
        Assert.IsTrue(File.Exists(_engine["out/a.o"]));
        return (result.Outcome, TakeDependencies());
    }

    private string TakeDependencies()
    {
        string[] files = Directory.GetFiles(_engine["out"], "*.d", new EnumerationOptions { AttributesToSkip = 0 });
        string text = files.Length == 0 ? "" : File.ReadAllText(files.Single());
        Array.ForEach(files, File.Delete);
        return text;
    }

    private TranslationUnit Unit(string compiler, string options)
    {
        string[] given = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        CompileCommand command = new(compiler, [.. given, "-include", "pre.h", "-isystem", "third", "-c", Source, "-o", "out/a.o"], _engine[""].TrimEnd('/'), _engine.Environment);
        return new TranslationUnit(Source, command.FullPath(Source), _engine["out/a.o"], command);
    }
}
