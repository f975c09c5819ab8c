using DistBuild.Core.Units;

namespace DistBuild.Tasks.Tracking;

/// <summary>A command as one line, for a compiler that Visual Studio has no line of its own for: its words but the source, in order, in quotes where white space would part them.</summary>
internal static class NotedCommand
{
    public static string Of(TranslationUnit unit)
    {
        CompileCommand command = unit.Command;
        return string.Join(" ", command.Arguments.Where(argument => !IsSource(argument, unit)).Select(Quote));
    }

    private static bool IsSource(string argument, TranslationUnit unit)
    {
        try
        {
            return argument.Length > 0 && argument[0] != '-' && unit.Command.FullPath(argument) == unit.Source;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return false;
        }
    }

    private static string Quote(string argument) => argument.Length > 0 && argument.IndexOfAny([' ', '\t', '"']) < 0 ? argument : $"\"{argument.Replace("\"", "\\\"")}\"";
}
