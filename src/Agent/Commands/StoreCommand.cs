using System.CommandLine;
using DistBuild.Agent.Commands.Output;
using DistBuild.Agent.Commands.Settings;
using DistBuild.Core.Client;
using DistBuild.Core.Store;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild store</c>: looks after the store of this account, or the one that is named.</summary>
internal static class StoreCommand
{
    public static Command Create(CommandContext context) => new("store", "The store of compiled objects on this machine.")
    {
        Action(context, "stats", "Show how much the store holds.", (store, _) => Stats(store.Statistics())),
        Action(context, "verify", "Read every entry, check it, and remove what is damaged.", (store, stop) => Verify(store.Verify(stop))),
        Action(context, "trim", "Remove what was used least recently until the store is below its size limit.", Trim),
        Action(context, "clear", "Remove every entry.", (store, stop) => Clear(store.Clear(stop))),
    };

    private static ToolCommand Action(CommandContext context, string name, string description, Func<ObjectStore, CancellationToken, StoreOutcome> run)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        ToolCommand command = new(name, description, $"distbuild store {name}", $"distbuild store {name} --store /srv/distbuild --json") { json };
        SettingsReader settings = new SettingsReader(context).Store().StoreSize();
        settings.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            BuildOptions options = settings.Read(parsed);
            ObjectStore store = ObjectStore.Open(options.Store, options.StoreSize);
            StoreOutcome outcome;
            try
            {
                outcome = await Task.Run(() => run(store, stop), stop);
            }
            catch (OperationCanceledException)
            {
                throw new CommandException($"stopped before the end; store {name} can be run again at any time.");
            }

            if (store.Problem is { } problem)
            {
                throw new CommandException(problem);
            }

            if (parsed.GetValue(json))
            {
                JsonOutput.Write(context.Output, outcome.Json);
            }
            else
            {
                TableOutput.Write(context, [.. outcome.Cells.Select(cell => cell.Column)], [[.. outcome.Cells.Select(cell => cell.Value)]]);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static StoreOutcome Stats(StoreStatistics found) => new(
        found,
        ("store", found.Folder),
        ("objects", Quantity.Count(found.Entries)),
        ("size", Quantity.Bytes(found.Bytes)),
        ("limit", Quantity.Bytes(found.Limit)));

    private static StoreOutcome Verify(StoreVerification found) =>
        new(found, ("objects", Quantity.Count(found.Entries)), ("size", Quantity.Bytes(found.Bytes)), ("damaged, removed", Quantity.Count(found.Removed)));

    private static StoreOutcome Trim(ObjectStore store, CancellationToken stop)
    {
        StoreStatistics before = store.Statistics();
        store.Trim(stop);
        StoreStatistics after = store.Statistics();
        long removed = Math.Max(0, before.Entries - after.Entries);
        return new StoreOutcome(
            new { removed, freed = Math.Max(0, before.Bytes - after.Bytes), after.Entries, after.Bytes, after.Limit },
            ("removed", Quantity.Count(removed)),
            ("objects", Quantity.Count(after.Entries)),
            ("size", Quantity.Bytes(after.Bytes)),
            ("limit", Quantity.Bytes(after.Limit)));
    }

    private static StoreOutcome Clear(long removed) => new(new { removed }, ("removed", Quantity.Count(removed)));

    private sealed record StoreOutcome(object Json, params (string Column, string Value)[] Cells);
}
