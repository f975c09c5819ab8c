using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>Where cl puts debug information ("/Z7, /Zi, /ZI (Debug Information Format)"): the last of the three switches decides.</summary>
internal static class ClDebugFormat
{
    public const string Embedded = "/Z7", Database = "/Zi", EditAndContinue = "/ZI";

    /// <summary>The command with its debug information in the object; null where it is not in a database, or the command cannot be read whole.</summary>
    public static CompileCommand? Embed(ClCommand command)
    {
        if (command.Problem is not null || command.Last(argument => argument.Name is Embedded or Database or EditAndContinue)?.Name != Database)
        {
            return null;
        }

        // In its place: what stands behind it may depend on it.
        IEnumerable<string> arguments = command.Arguments.SelectMany(argument => argument.Name == Database ? [Embedded] : argument.Tokens);
        return command.Whole with { Arguments = [.. arguments] };
    }
}
