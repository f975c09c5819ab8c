namespace DistBuild.Core.Units;

/// <summary>What a command line means to a cache.</summary>
public abstract record CommandVerdict
{
    /// <summary>One source becomes one object, and everything that decides the object is known.</summary>
    /// <param name="Source">As the command spells it.</param>
    /// <param name="Object">As the command spells it, or the compiler's default.</param>
    /// <param name="Language">As gcc's <c>-x</c> names it: <c>c</c>, <c>c++</c>, …</param>
    /// <param name="KeyArguments">Arguments that can change the object of a preprocessed text, in order.</param>
    /// <param name="PreprocessorArguments">
    /// All arguments but the source, <c>-c</c>, the output and the dependency options, in order; and whatever else decides the result besides source and headers.
    /// </param>
    /// <param name="DependencyFile">The make-style dependency file the command asks for, or null.</param>
    /// <param name="EmbedsWorkingDirectory">The object records the working directory (debug information).</param>
    public sealed record Cacheable(
        string Source,
        string Object,
        string Language,
        IReadOnlyList<string> KeyArguments,
        IReadOnlyList<string> PreprocessorArguments,
        string? DependencyFile,
        bool EmbedsWorkingDirectory) : CommandVerdict
    {
        /// <summary>Files it reads that are neither source nor header (a precompiled header), as the command spells them. Their contents are in <see cref="PreprocessorArguments"/>.</summary>
        public IReadOnlyList<string> OtherInputs { get; init; } = [];
    }

    /// <summary>A compilation, but one that only this machine can do, and whose result is not kept.</summary>
    /// <param name="Argument">The argument (or environment variable) that decided it.</param>
    /// <param name="Why">A phrase that completes "not cacheable: ".</param>
    public sealed record RunLocally(string Argument, string Why) : CommandVerdict
    {
        /// <summary>Not <see cref="DebugStorage.Object"/> where the place of its debug information is what decided it.</summary>
        public DebugStorage Debug { get; init; }

        /// <summary>The precompiled header that the command makes beside the object, as it spells it, where nothing else keeps it from being cacheable; else null.</summary>
        public string? Makes { get; init; }

        /// <summary>The precompiled header that the command uses, as it spells it, where nothing but its absence keeps it from being cacheable; else null.</summary>
        public string? Awaits { get; init; }
    }

    /// <summary>Linking, preprocessing only, asking for a version: nothing this product serves.</summary>
    public sealed record NotACompilation : CommandVerdict;
}
