using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Compilers.Msvc;
using static DistBuild.Core.Units.Manifests.SourceText;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// Looks through the raw text of a source or header for what the contents of files cannot tell: the time of the compile, the presence of other files, and files read
/// behind the preprocessor's back. It decides no conditionals, so it may see too much, never too little.
/// </summary>
public static class SourceScanner
{
    private static readonly (byte[] Word, string Refusal)[] Refusals =
    [
        (Ascii("incbin"), ".incbin reads a file that no compiler reports"),
        (Ascii("INCBIN"), ".incbin reads a file that no compiler reports"),
        (Ascii("pch_preprocess"), "a precompiled header is read"),
        (Ascii("__has_embed"), "__has_embed asks for a file that no compiler reports"),
    ];

    private static readonly byte[][] Assembler = [Ascii("asm"), Ascii("__asm__"), Ascii("__asm"), Ascii("_asm")];

    private static readonly byte[] Embed = Ascii("embed"), Once = Ascii("once"), Import = Ascii("import");

    public static SourceTraits Scan(ReadOnlySpan<byte> text)
    {
        List<IncludeProbe> includes = [], probes = [];
        bool plainIncludes = IncludeDirectives.Read(text, includes);
        bool plainProbes = IncludeDirectives.ReadProbes(text, probes);
        bool brokenWord = HasBrokenWord(text);
        string? refusal = RefusedWord(text)
            ?? TimeWords.Refuse(text)
            ?? (IsEmbedding(text) ? "#embed reads a file into the text" : null)
            ?? (brokenWord ? "a line continuation splits a word" : null)
            ?? (plainProbes ? null : "an operand of __has_include is not a plain name");
        string? assembler = HasAssembler(text) ? AssemblerStatements.Refuse(text, expanded: true) : null;
        string? pasted = TimeWords.RefusePasted(text), own = assembler ?? pasted;
        bool types = TypeImports.Find(text) is not null;
        bool once = HasWhole(text, Once) || HasWhole(text, Import);
        return refusal is null && own is null && plainIncludes && includes.Count + probes.Count == 0 && !once && !types
            ? SourceTraits.None
            : new SourceTraits(refusal, probes)
            {
                Includes = includes,
                ComputesIncludes = !plainIncludes || brokenWord,
                IsPragmaOnce = once,
                OwnRefusal = own,
                IsSettledByExpansion = assembler == AssemblerStatements.ComesFromMacro && pasted is null,
                ImportsTypes = types,
                ReadsUnreported = assembler == AssemblerStatements.ReadsFile || refusal == Refusals[0].Refusal,
            };
    }

    private static string? RefusedWord(ReadOnlySpan<byte> text)
    {
        foreach ((byte[] word, string refusal) in Refusals)
        {
            if (HasWhole(text, word))
            {
                return refusal;
            }
        }

        return null;
    }

    private static bool HasAssembler(ReadOnlySpan<byte> text)
    {
        foreach (byte[] keyword in Assembler)
        {
            if (HasWhole(text, keyword))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmbedding(ReadOnlySpan<byte> text)
    {
        for (int at = Find(text, Embed, 0); at >= 0; at = Find(text, Embed, at + Embed.Length))
        {
            if (IsWhole(text, at, Embed.Length) && IncludeDirectives.IsDirective(text, at))
            {
                return true;
            }
        }

        return false;
    }
}
