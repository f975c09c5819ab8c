using System.Collections.Concurrent;
using DistBuild.Core.Units;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>
/// Compiles items with Visual Studio's metadata by gcc or clang, for this machine, whatever the project's platform is called: <c>Win32</c> names
/// Visual Studio's compiler, not a wish for 32 bits. One instance serves one project and configuration. Empty metadata adds nothing, and an item
/// cannot tell it from missing metadata; Visual Studio's defaults are the item definitions of the targets, not a part of this mapping.
/// </summary>
internal sealed class GccToolset : IToolset
{
    private readonly GccToolsetOptions _options;
    private readonly ProjectPaths _paths;
    private readonly ArgumentMapper _mapper;

    // Most items of a project ask for the same, and mostly for the same as the one before: what they share is worked out once.
    private readonly ConcurrentDictionary<string, MappedArguments> _mapped = new(StringComparer.Ordinal);
    private Settled? _last;

    public GccToolset(GccToolsetOptions options)
    {
        _options = options;
        _paths = new ProjectPaths(options.ProjectDirectory, options.Root);
        _mapper = new ArgumentMapper(options, _paths);
    }

    public ToolsetCommand Compile(ITaskItem source)
    {
        try
        {
            return Make(source);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return new ToolsetCommand(Unit: null, $"a path among its settings is none: {e.Message}", Notes: []);
        }
    }

    private ToolsetCommand Make(ITaskItem source)
    {
        string file = _paths.FullOnDisk(source.ItemSpec);
        string folder = Path.GetDirectoryName(file)!;
        string extension = Path.GetExtension(file);
        MappedArguments mapped = Map(folder, extension, SettingsReader.Read(source));
        if (mapped.Reason is not null)
        {
            return new ToolsetCommand(Unit: null, mapped.Reason, mapped.Notes);
        }

        string written = _paths.Write(file);
        string objectFile = ObjectFile.For(ItemLists.Text(ItemLists.Escaped(source, "ObjectFileName")), source.ItemSpec, _paths);
        string[] own = ["-c", written, "-o", _paths.Write(objectFile)];
        string[] arguments = [.. mapped.Arguments, .. mapped.NeedsSeed ? ["-frandom-seed=" + written] : (string[])[], .. own];
        CompileCommand command = new(mapped.Driver.Program, arguments, _paths.ProjectDirectory, _options.Environment);
        return new ToolsetCommand(new TranslationUnit(source.ItemSpec, file, objectFile, command), Reason: null, mapped.Notes);
    }

    private MappedArguments Map(string folder, string extension, string[] values)
    {
        Settled? last = _last;
        if (last is null || last.Folder != folder || last.Extension != extension || !AreSame(values, last.Values))
        {
            MappedArguments mapped = _mapped.GetOrAdd(
                string.Join("\0", [folder, extension, .. values]),
                _ => _mapper.Map(SettingsReader.Interpret(values, _paths), folder, extension));
            _last = last = new Settled(folder, extension, values, mapped);
        }

        return last.Mapped;
    }

    private static bool AreSame(string[] values, string[] others)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != others[i])
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Settled(string Folder, string Extension, string[] Values, MappedArguments Mapped);
}
