using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

/// <summary>A project in a folder <c>project</c> of a checkout of its own, and what the toolset makes of its items.</summary>
internal sealed class Project : IDisposable
{
    public Project(Func<GccToolsetOptions, GccToolsetOptions>? change = null)
    {
        Directory.CreateDirectory(Checkout["project"]);
        GccToolsetOptions options = new()
        {
            ProjectDirectory = Checkout["project"],
            Root = Checkout.Root,
            TargetsX86 = true,
            Environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! },
        };
        Toolset = new GccToolset(change is null ? options : change(options));
    }

    public Checkout Checkout { get; } = new();

    public GccToolset Toolset { get; }

    public ToolsetCommand Make(string source, params (string Name, string Value)[] metadata)
    {
        TaskItem item = new(source);
        foreach ((string name, string value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return Toolset.Compile(item);
    }

    public TranslationUnit Unit(string source, params (string Name, string Value)[] metadata)
    {
        ToolsetCommand command = Make(source, metadata);
        Assert.IsNotNull(command.Unit, command.Reason);
        return command.Unit;
    }

    /// <summary>The arguments, without those that every compile has.</summary>
    public string Arguments(string source, params (string Name, string Value)[] metadata)
    {
        IEnumerable<string> always = ["-fno-diagnostics-show-caret", "-fno-caret-diagnostics", .. Definitions.Declspec.Select(definition => "-D" + definition)];
        string all = string.Join(' ', Unit(source, metadata).Command.Arguments.Where(argument => !always.Contains(argument)));
        int end = all.LastIndexOf("-c ", StringComparison.Ordinal);
        return all[..end].TrimEnd();
    }

    public void Dispose() => Checkout.Dispose();
}
