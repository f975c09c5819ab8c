namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>
/// Understands AdditionalOptions, which may speak cl's language, gcc's, or both. A slash begins an option of cl. After a dash an option of cl is
/// taken for one too (<c>-wd4100</c>, <c>-std:c++20</c>), except where gcc's meaning is the likelier (<see cref="MeansGcc"/>).
/// </summary>
internal sealed class AdditionalOptionsReader
{
    private static readonly string[] LinkerPrefixes = ["-l", "-L", "-Wl,"];

    private readonly IReadOnlyList<string> _tokens;
    private readonly CompileSettings _settings;
    private readonly ProjectPaths _paths;
    private int _next;

    private AdditionalOptionsReader(IReadOnlyList<string> tokens, CompileSettings settings, ProjectPaths paths)
    {
        _tokens = tokens;
        _settings = settings;
        _paths = paths;
    }

    public static void Apply(string options, CompileSettings settings, ProjectPaths paths)
    {
        AdditionalOptionsReader reader = new(WindowsArguments.Split(options), settings, paths);
        while (reader._next < reader._tokens.Count)
        {
            reader.Read(reader._tokens[reader._next++]);
        }
    }

    private void Read(string token)
    {
        bool dash = token.StartsWith("-", StringComparison.Ordinal);
        if (token.Length > 1 && (dash || token[0] == '/') && !MeansGcc(token) && ClOption.Find(token.Substring(1)) is { } option)
        {
            ReadCl(token, option);
        }
        else if (dash)
        {
            ReadGcc(token);
        }
        else if (token.StartsWith("@", StringComparison.Ordinal))
        {
            Pass(token);
        }
        else if (token.Length > 0)
        {
            LeftOut(token, token[0] == '/' ? "it is not known here. Say what it is for in gcc's words, under a condition on $(OS)" : "it is no option");
        }
    }

    /// <summary>Spelled alike, but of another meaning in gcc: a person who writes the dash means gcc's.</summary>
    private static bool MeansGcc(string token) =>
        token is "-O1" or "-O2" or "-Os" or "-Wall" || token.StartsWith("-fsanitize=", StringComparison.Ordinal);

    private void ReadCl(string token, ClOption option)
    {
        string value = option.IsPrefix ? token.Substring(1 + option.Stem.Length) : "";
        if (option.TakesNext && value.Length == 0)
        {
            value = TakeNext();
        }

        switch (option.Meaning)
        {
            case ClMeaning.Metadata:
                _settings[option.Target] = option.Value;
                break;
            case ClMeaning.List:
                AddToList(option.Target, value, token);
                break;
            case ClMeaning.Arguments:
                IReadOnlyList<string> arguments = option.IsPrefix ? [value] : option.Arguments;
                _settings.CompilerArguments.AddRange(arguments.Select(argument => new LanguageArgument(argument, option.Languages)));
                break;
            case ClMeaning.Noted:
                LeftOut(token, option.Target);
                _next = option.Switch == "link" ? _tokens.Count : _next;
                break;
            case ClMeaning.Refused:
                _settings.Refuse($"{token}: {option.Target}");
                break;
        }
    }

    private void AddToList(string list, string value, string token)
    {
        switch (list)
        {
            case MetadataLists.AdditionalIncludeDirectories:
                _settings.IncludeDirectories.Add(value);
                break;
            case MetadataLists.PreprocessorDefinitions:
                _settings.Definitions.Add(value);
                break;
            case MetadataLists.UndefinePreprocessorDefinitions:
                _settings.Undefinitions.Add(value);
                break;
            case MetadataLists.ForcedIncludeFiles:
                _settings.ForcedIncludes.Add(value);
                break;
            case MetadataLists.DisableSpecificWarnings:
                _settings.DisabledWarnings.Add(value);
                break;
            case MetadataLists.TreatSpecificWarningsAsErrors:
                _settings.ErrorWarnings.Add(value);
                break;
            case "ExternalIncludePath":
                _settings.ExternalIncludeDirectories.Add(value);
                break;
            default:
                _settings.Refuse($"{token}: this toolset has no C++ modules and no managed code");
                break;
        }
    }

    private void ReadGcc(string token)
    {
        switch (token)
        {
            case "-S" or "-M" or "-MM" or "-fsyntax-only":
                _settings.Refuse($"{token}: it makes no object");
                break;
            case "-o":
                LeftOut(token + " " + TakeNext(), "ObjectFileName says where the object goes");
                break;
            case "-include":
                _settings.ForcedIncludes.Add(TakeNext());
                break;
            case "-isystem":
                _settings.ExternalIncludeDirectories.Add(TakeNext());
                break;
            case "-iquote" or "-idirafter" or "-imacros":
                Pass(token, _paths.Write(_paths.FullOnDisk(TakeNext())));
                break;
            case "-x" when _next < _tokens.Count && _tokens[_next] is "c" or "c++":
                _settings["CompileAs"] = TakeNext() == "c" ? "CompileAsC" : "CompileAsCpp";
                break;
            case "-x" or "-Xclang" or "-Xpreprocessor" or "-Xassembler" or "-mllvm" or "-MF" or "-MQ":
            case "--param" or "-target" or "-arch" or "-isysroot" or "-B":
                Pass(token, TakeNext());
                break;
            default:
                if (LinkerPrefixes.Any(prefix => token.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    LeftOut(token, "it belongs to the linker; put it into the project's Link settings");
                }
                else
                {
                    Pass(token);
                }

                break;
        }
    }

    private void Pass(params string[] arguments) =>
        _settings.CompilerArguments.AddRange(arguments.Select(argument => new LanguageArgument(argument, SourceLanguages.Both)));

    private void LeftOut(string token, string why) => _settings.Note($"AdditionalOptions: '{token}' was left out: {why}.");

    private string TakeNext() => _next < _tokens.Count ? _tokens[_next++] : "";
}
