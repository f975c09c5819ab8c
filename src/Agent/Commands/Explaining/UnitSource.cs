using DistBuild.Core.Client;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Agent.Commands.Explaining;

/// <summary>Finds the units that <c>explain</c> is asked about: in a report, or in what builds remember beside the local store.</summary>
internal static class UnitSource
{
    private static readonly string[] Projects = [".vcxproj", ".vcproj", ".proj"];

    /// <param name="target">Full path of a report, a project, a solution or a folder.</param>
    /// <exception cref="CommandException">Nothing is known of it; the message says what to do.</exception>
    public static IReadOnlyList<ExplainedUnit> Read(string target, BuildOptions options)
    {
        string extension = Path.GetExtension(target);
        if (Projects.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            return File.Exists(target)
                ? Remembered(options, target, unit => string.Equals(unit.Project, target, StringComparison.OrdinalIgnoreCase))
                : throw new CommandException($"there is no project {target}.");
        }

        if (Directory.Exists(target) || (extension.Equals(".sln", StringComparison.OrdinalIgnoreCase) && File.Exists(target)))
        {
            string folder = Path.TrimEndingDirectorySeparator(Directory.Exists(target) ? target : Path.GetDirectoryName(target)!);
            return Remembered(options, folder, unit => IsBelow(folder, unit.Project) || IsBelow(folder, unit.Source) || IsBelow(folder, unit.Object));
        }

        return ReportReader.Read(target);
    }

    /// <summary>Those with this name, or whose source's or object's path ends with it.</summary>
    /// <exception cref="CommandException">There is none, or there are several sources.</exception>
    public static IReadOnlyList<ExplainedUnit> Select(IReadOnlyList<ExplainedUnit> units, string name, string folder)
    {
        string wanted = name.Replace('\\', '/');
        while (wanted.StartsWith("./", StringComparison.Ordinal))
        {
            wanted = wanted[2..];
        }

        string full = Path.GetFullPath(Path.Combine(folder, name));
        ExplainedUnit[] exact = [.. units.Where(unit => unit.Source == full || unit.Object == full)];
        ExplainedUnit[] found = exact.Length > 0 ? exact : [.. units.Where(unit => EndsWith(unit.Source, wanted) || EndsWith(unit.Object, wanted))];
        string[] sources = [.. found.Select(unit => unit.Source).Distinct(StringComparer.Ordinal)];
        return sources.Length switch
        {
            1 => found,
            0 => throw new CommandException($"no unit is called '{name}'. {Known(units)}"),
            _ => throw new CommandException($"'{name}' is the name of {sources.Length} units; give more of the path:\n  {string.Join("\n  ", sources.Order(StringComparer.Ordinal))}", ExitCodes.Usage),
        };
    }

    private static ExplainedUnit[] Remembered(BuildOptions options, string target, Func<RememberedUnit, bool> wanted)
    {
        ExplainedUnit[] units =
        [
            .. RememberedUnits.Read(options.Store).Where(wanted)
                .OrderBy(unit => unit.Project, StringComparer.Ordinal).ThenBy(unit => unit.Source, StringComparer.Ordinal).ThenBy(unit => unit.Object, StringComparer.Ordinal)
                .Select(unit => new ExplainedUnit(
                    unit.Project, null, null, unit.Source, unit.Object, UnitOutcomes.Name(unit.Outcome),
                    unit.Keyed switch { Core.Units.KeyMode.Direct => "direct", Core.Units.KeyMode.Preprocessed => "preprocessed", _ => null },
                    unit.Agent, unit.Reason, unit.OutOfDate, unit.Key?.ToString(), unit.When, unit.Changes)),
        ];
        return units.Length > 0
            ? units
            : throw new CommandException(
                $"no build of {target} is remembered beside the store {options.Store}. Build it with the package or 'distbuild compile', "
                + "name the store its builds use (--store), or give a report (DistBuildReport).");
    }

    private static bool IsBelow(string folder, string path) =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal) && (folder.EndsWith('/') || path[folder.Length] is '/' or '\\');

    private static bool EndsWith(string path, string suffix)
    {
        string slashes = path.Replace('\\', '/');
        return slashes == suffix || slashes.EndsWith('/' + suffix, StringComparison.Ordinal);
    }

    private static string Known(IReadOnlyList<ExplainedUnit> units)
    {
        const int Shown = 10;
        string[] names = [.. units.Select(unit => Path.GetFileName(unit.Source)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length == 0
            ? "The build had none."
            : $"There are {string.Join(", ", names.Take(Shown))}{(names.Length > Shown ? $" and {names.Length - Shown} more" : "")}.";
    }
}
