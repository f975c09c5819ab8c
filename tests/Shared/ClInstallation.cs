using System.Diagnostics;
using System.Text;

namespace DistBuild.Tests.Shared;

/// <summary>
/// A cl.exe as far as a compile cache can see one (<c>tests/Fixtures/cl/program/cl.c</c>): the program with the parts it consists of beside it. What compiles is clang-cl.
/// </summary>
internal sealed class ClInstallation
{
    public const string English = "Microsoft (R) C/C++ Optimizing Compiler Version %s for x64\nNote: including file:\n";

    private static readonly Lazy<string> Program = new(Build);

    private readonly string _folder;

    /// <param name="folder">Where to install; it need not exist.</param>
    /// <param name="version">From 19.27 on it has <c>/sourceDependencies</c>.</param>
    /// <param name="name">The program's file name.</param>
    public ClInstallation(string folder, string version = "19.38.33130", string name = "cl.exe")
    {
        _folder = folder;
        Compiler = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        File.Copy(Program.Value, Compiler);
        Write("c1.dll", "/GS-\n");
        Write("c1xx.dll", "/GS-\n");
        Write("c2.dll", version + "\nclang-cl-19\n");
        Speak(1033, English);
    }

    public string Compiler { get; }

    public string this[string part] => Path.Combine(_folder, part);

    /// <summary>Another content of a part.</summary>
    public void Write(string part, string text) => File.WriteAllText(this[part], text);

    /// <summary>A language with its banner, which has %s for the version, and the words before an included file, a line each.</summary>
    public void Speak(int language, string words) => Speak(language, Encoding.UTF8.GetBytes(words));

    public void Speak(int language, byte[] words)
    {
        Directory.CreateDirectory(this[$"{language}"]);
        File.WriteAllBytes(this[$"{language}/clui.dll"], words);
    }

    private static string Build()
    {
        TemporaryFolder folder = new("cl-program-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        string program = folder["cl"];
        using Process gcc = Process.Start("gcc", ["-O1", "-Wall", "-Werror", "-Wno-format-truncation", "-o", program, Source()]);
        gcc.WaitForExit();
        Assert.AreEqual(0, gcc.ExitCode, "the program that stands for cl.exe does not compile");
        return program;
    }

    private static string Source()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "DistBuild.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new AssertFailedException("the tests do not run in the repository"), "tests/Fixtures/cl/program/cl.c");
    }
}
