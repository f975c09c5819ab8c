namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>All arguments that items with equal settings share.</summary>
/// <param name="Reason">Why there is no object to be made; then the rest is empty.</param>
/// <param name="NeedsSeed">Link-time objects hold random names; a seed from the source's name makes them reproducible.</param>
internal sealed record MappedArguments(CompilerDriver Driver, IReadOnlyList<string> Arguments, bool NeedsSeed, string? Reason, IReadOnlyList<string> Notes);

/// <summary>Makes gcc's or clang's arguments of settings, in the order of the tables.</summary>
internal sealed class ArgumentMapper
{
    private readonly GccToolsetOptions _options;
    private readonly IncludeSearch _includes;
    private readonly CompilerDriver _c, _cxx;

    public ArgumentMapper(GccToolsetOptions options, ProjectPaths paths)
    {
        _options = options;
        _includes = new IncludeSearch(paths, options.IncludePath, options.ExternalIncludePath);
        string searchPath = options.Environment.TryGetValue("PATH", out string? path) ? path : "";
        _c = CompilerDriver.Parse(options.CCompiler, "gcc", paths.ProjectDirectory, searchPath);
        _cxx = CompilerDriver.Parse(options.CxxCompiler, "g++", paths.ProjectDirectory, searchPath);
    }

    public MappedArguments Map(CompileSettings settings, string sourceFolder, string extension)
    {
        SourceLanguages language = SourceLanguage.Of(settings["CompileAs"], extension);
        CompilerDriver driver = language == SourceLanguages.C ? _c : _cxx;
        List<string> values = MapValues(settings, language, driver.IsClang);
        // Whatever CompileAs says: the targets' "C++" for all that is not .c cannot be told from a person's.
        if (SourceLanguage.IsModule(extension))
        {
            settings.Refuse($"{extension}: C++ modules are not built by this toolset");
        }

        if (settings.Reason is { } reason)
        {
            return new MappedArguments(driver, [], NeedsSeed: false, reason, settings.Notes);
        }

        // Diagnostics reach the log as file, line and text; the source line beneath would differ where only comments do.
        List<string> arguments = [.. driver.Arguments, driver.IsClang ? "-fno-caret-diagnostics" : "-fno-diagnostics-show-caret"];
        arguments.AddRange(_includes.Arguments(settings, sourceFolder));
        arguments.AddRange(values);
        if (_options.ConfigurationType is "DynamicLibrary" or "StaticLibrary")
        {
            // A static library may become part of a shared one.
            arguments.Add("-fPIC");
        }

        arguments.AddRange(Definitions.Arguments(settings));
        arguments.AddRange(WarningArguments.For(settings, language, driver.IsClang));
        arguments.AddRange(settings.CompilerArguments.Where(pair => (pair.Languages & language) != 0).Select(pair => pair.Argument));
        arguments.AddRange(SourceLanguage.Arguments(language, extension));
        return new MappedArguments(driver, arguments, NeedsSeed: values.Contains("-flto"), Reason: null, settings.Notes);
    }

    private List<string> MapValues(CompileSettings settings, SourceLanguages language, bool clang)
    {
        List<string> arguments = [];
        foreach (string metadata in MetadataTable.Effective)
        {
            string value = settings[metadata];
            if (value.Length == 0)
            {
                continue;
            }

            switch (MetadataTable.Find(metadata, value))
            {
                case null:
                    settings.Note($"{metadata}={value} was left out: this toolset does not know the value.");
                    break;
                case { Treatment: Treatment.Refused } row:
                    settings.Refuse($"{metadata}={value}: {row.Why}");
                    break;
                case { Treatment: Treatment.Noted } row:
                    settings.Note($"{metadata}={value} was left out: {row.Why}.");
                    break;
                case { OnlyX86: true } when !_options.TargetsX86:
                    settings.Note($"{metadata}={value} was left out: this machine's processor is no x86. Say -march=… in AdditionalOptions.");
                    break;
                case { } row when Applies(row, settings, language):
                    arguments.AddRange(row.Arguments(clang).Where(argument => !IsOverridden(argument, settings)));
                    if (row.Told)
                    {
                        settings.Note($"{metadata}={value}: {row.Why}.");
                    }

                    break;
            }
        }

        return arguments;
    }

    private static bool Applies(MetadataRow row, CompileSettings settings, SourceLanguages language) =>
        (row.Languages & language) != 0
        && (row.Beside is not { } beside || beside.Values.Contains(settings[beside.Metadata], StringComparer.OrdinalIgnoreCase));

    /// <summary>A macro of the table's that the project defines itself: two different values would be a warning.</summary>
    private static bool IsOverridden(string argument, CompileSettings settings) =>
        argument.StartsWith("-D", StringComparison.Ordinal) && Definitions.Defines(settings, argument.Substring(2));
}
