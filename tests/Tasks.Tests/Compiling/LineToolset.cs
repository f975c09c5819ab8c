using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Tests.Compiling;

/// <summary>A toolset whose items say their command themselves, in the metadata <c>Line</c>; those without one it does not know.</summary>
internal sealed class LineToolset(string folder) : IToolset
{
    public ToolsetCommand Compile(ITaskItem source)
    {
        string[] words = source.GetMetadata("Line").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string file = Path.Combine(folder, source.ItemSpec);
        return words.Length == 0
            ? new ToolsetCommand(null, "no line", ["a note"])
            : new ToolsetCommand(
                new TranslationUnit(source.ItemSpec, file, Path.ChangeExtension(file, ".obj"), new CompileCommand(words[0], [.. words.Skip(1), source.ItemSpec], folder, new Dictionary<string, string>())), null, ["a note"])
            {
                Noted = "noted",
            };
    }
}
