using DistBuild.Benchmarks.Corpora;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Benchmarks.Contenders;

/// <summary>That all contenders run the same commands.</summary>
internal static class Commands
{
    /// <summary>The arguments that all units of the corpus share, as the product gives them to the compiler: taken from one unit's compile by a program in its place.</summary>
    public static async Task<IReadOnlyList<string>> RecordAsync(Corpus corpus, Developer developer)
    {
        string recorder = developer.PathOf("recorder/g++"), file = developer.PathOf("recorder/arguments");
        developer.Write("recorder/g++", $"#!/bin/sh\nprintf '%s\\n' \"$@\" >'{file}'\nexec g++ \"$@\"\n");
        File.SetUnixFileMode(recorder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await developer.RunAsync(
            "dotnet", "msbuild", Corpus.Project, "-t:ClCompile", "-nologo", "-tl:off", "-p:DistBuildEnabled=false", $"-p:CXX={recorder}", $"-p:SelectedFiles={corpus.Sources[0]}"))
            .MustSucceed();
        return [.. File.ReadLines(file).TakeWhile(argument => argument != "-c")];
    }

    /// <summary>Fails unless both made the same objects, byte by byte.</summary>
    public static void MustBeTheSame(Corpus corpus, Developer developer, NinjaBuild peer)
    {
        foreach (string source in corpus.Sources)
        {
            byte[] own = developer.Bytes(Corpus.Objects + Path.ChangeExtension(source, ".obj")), theirs = File.ReadAllBytes(peer.ObjectOf(source));
            Assert.IsTrue(own.AsSpan().SequenceEqual(theirs), $"{source}: {peer.Name} made another object");
        }
    }
}
