using Spectre.Console;

namespace DistBuild.Agent.Commands.Output;

/// <summary>A table for people: with a frame on a terminal, and as plain columns where something else reads it.</summary>
internal static class TableOutput
{
    private const string Gap = "  ";

    public static void Write(CommandContext context, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (context.IsTerminal)
        {
            WriteFramed(context.Output, columns, rows);
        }
        else
        {
            WritePlain(context.Output, columns, rows);
        }
    }

    private static void WriteFramed(TextWriter output, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) }).Write(table);
    }

    private static void WritePlain(TextWriter output, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [columns, .. rows];
        int[] widths = [.. columns.Select((_, i) => all.Max(row => row[i].Length))];
        foreach (IReadOnlyList<string> row in all)
        {
            output.WriteLine(string.Join(Gap, row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
