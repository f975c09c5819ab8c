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

    // Most items of a project ask for the same: what they share is worked out once.
    private readonly ConcurrentDictionary<string, MappedArguments> _mapped = new(StringComparer.Ordinal);

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
        string[] values = SettingsReader.Read(source);
        MappedArguments mapped = _mapped.GetOrAdd(
            string.Join("\0", [folder, extension, .. values]),
            _ => _mapper.Map(SettingsReader.Interpret(values, _paths), folder, extension));
        if (mapped.Reason is not null)
        {
            return new ToolsetCommand(Unit: null, mapped.Reason, mapped.Notes);
        }

        string written = _paths.Write(file);
        string objectFile = ObjectFile.For(ItemLists.Text(ItemLists.Escaped(source, "ObjectFileName")), source.ItemSpec, _paths);
        List<string> arguments = [.. mapped.Arguments];
        if (mapped.NeedsSeed)
        {
            arguments.Add("-frandom-seed=" + written);
        }

        arguments.AddRange(["-c", written, "-o", _paths.Write(objectFile)]);
        CompileCommand command = new(mapped.Driver.Program, arguments, _paths.ProjectDirectory, _options.Environment);
        return new ToolsetCommand(new TranslationUnit(source.ItemSpec, file, objectFile, command), Reason: null, mapped.Notes);
    }
}
