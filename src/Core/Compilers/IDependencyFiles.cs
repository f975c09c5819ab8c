using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>What a family can do about the dependency file that a command asks for, besides letting the compiler write it.</summary>
public interface IDependencyFiles
{
    /// <summary>Whether the file names no system headers (<c>-MMD</c>).</summary>
    bool OmitsSystemHeaders(CompileCommand command);

    /// <summary>The bytes that the compiler itself would write.</summary>
    /// <param name="files">The files it would name, in its order and spelling.</param>
    string WriteDependencies(CompileCommand command, CommandVerdict.Cacheable verdict, IReadOnlyList<string> files);

    /// <summary>Makes a command that preprocesses also write the file, to another path.</summary>
    CompileCommand AlsoWriteDependencies(CompileCommand preprocessing, CompileCommand command, CommandVerdict.Cacheable verdict, string dependencyFile);

    /// <summary>A command that only writes the file, to another path, and compiles nothing.</summary>
    CompileCommand OnlyWriteDependencies(CompileCommand command, CommandVerdict.Cacheable verdict, string dependencyFile);
}
