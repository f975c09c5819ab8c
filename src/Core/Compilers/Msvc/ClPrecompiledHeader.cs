using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>What a command does with a precompiled header ("/Yc", "/Yu", "/Fp"; clang's GetClPchPath).</summary>
/// <param name="Header">The header up to which a source is skipped.</param>
/// <param name="File">The precompiled header, as the command spells it.</param>
internal sealed record ClPrecompiledHeader(string Header, string File)
{
    private const string Extension = ".pch";

    /// <summary>Null when the command uses none.</summary>
    public static ClPrecompiledHeader? UsedBy(ClCommand command)
    {
        if (IsOff(command) || command.Last("/Yu") is not { } use)
        {
            return null;
        }

        return new ClPrecompiledHeader(use.Value, Named(command) ?? (use.Value.Length == 0 ? "" : Path.ChangeExtension(use.Value, Extension)));
    }

    /// <summary>The file that <c>/Fp</c> names, or null.</summary>
    public static string? Named(ClCommand command) => command.Last("/Fp")?.Value is not { Length: > 0 } file ? null
        : ClOutput.FileName(command.Dialect, file).Contains('.') ? file
        : file + Extension;

    /// <summary>The switch that makes the command create one, or null.</summary>
    public static string? CreatedBy(ClCommand command) => IsOff(command) ? null : command.Last("/Yc")?.Canonical;

    /// <summary>The forced include for which clang takes what is precompiled beside it, without a word in a preprocessed text or a list of files; or null.</summary>
    public static string? TakenFor(ClCommand command) => !command.Dialect.IsClang ? null : command.Arguments
        .Where(argument => argument.Name == "/FI" && (Exists(command, argument.Value + Extension) || Exists(command, argument.Value + ".gch")))
        .Select(argument => argument.Value)
        .FirstOrDefault();

    /// <summary>
    /// Whether nothing but comments stands before the header's inclusion. Only then does a text without the precompiled header say the same: with it, the compiler
    /// skips whatever stands there.
    /// </summary>
    public bool ComesFirst(ReadOnlySpan<byte> source, IEnumerable<string> forcedIncludes)
    {
        if (forcedIncludes.FirstOrDefault() is { } forced)
        {
            return Same(forced);
        }

        TokenReader reader = new(source.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? source.Slice(3) : source);
        return reader.Read() && reader.Token.SequenceEqual("#"u8)
            && reader.Read() && reader.Token.SequenceEqual("include"u8)
            && reader.Read() && reader.Kind == TokenKind.Literal
            && Same(System.Text.Encoding.UTF8.GetString(reader.Token.Slice(1, reader.Token.Length - 2).ToArray()));
    }

    private static bool Exists(ClCommand command, string path)
    {
        string full = command.Whole.FullPath(path);
        return System.IO.File.Exists(full) || Directory.Exists(full);
    }

    private static bool IsOff(ClCommand command) => command.Last("/Y-") is not null;

    private bool Same(string name) => string.Equals(name.Replace('\\', '/'), Header.Replace('\\', '/'), StringComparison.Ordinal);
}
