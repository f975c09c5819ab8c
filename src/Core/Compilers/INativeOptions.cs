using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>What a family can do about options that stand for the processor of this machine (<c>-march=native</c>).</summary>
internal interface INativeOptions
{
    /// <summary>The arguments that decide what processor is compiled for, in order, where one of them stands for this machine's; else empty.</summary>
    IReadOnlyList<string> ProcessorArguments(CompileCommand command);

    /// <summary>Arguments that say the same by name, out of the compiler itself.</summary>
    /// <exception cref="ToolchainUnknownException">They cannot be found, or would not compile the same code.</exception>
    Task<IReadOnlyList<string>> NameProcessorAsync(string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken);

    /// <summary>The command with these in place of its <see cref="ProcessorArguments"/>.</summary>
    CompileCommand WithProcessor(CompileCommand command, IReadOnlyList<string> arguments);
}
