using System.Text;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building.Batch;

/// <summary>A line for cmd.exe as sh reads it.</summary>
/// <param name="Why">Why there is none: a clause without a subject.</param>
internal sealed record BatchTranslation(string Shell, string? Why)
{
    public static BatchTranslation Impossible(string why) => new("", why);
}

/// <summary>Turns one line for cmd.exe, as CMake writes it, into a line for sh: programs with arguments, joined and redirected.</summary>
internal sealed class BatchLine(BatchPrograms programs)
{
    public BatchTranslation Translate(string line)
    {
        if (BatchLexer.Read(line) is not { } segments)
        {
            return BatchTranslation.Impossible("needs a variable of cmd.exe");
        }

        StringBuilder shell = new();
        List<string> words = [], redirections = [];
        string? pending = null, first = null;
        foreach (BatchSegment segment in segments)
        {
            first ??= segment.Text;
            words.AddRange(WindowsArguments.Split(segment.Text));
            if (pending is not null)
            {
                // The text after a redirection begins with its file and goes on with the command's arguments.
                int file = words.Count - WindowsArguments.Split(segment.Text).Count;
                if (file == words.Count)
                {
                    return BatchTranslation.Impossible("is redirected to nothing");
                }

                redirections.Add(pending + Quote(programs.File(words[file])));
                words.RemoveAt(file);
                pending = null;
            }

            switch (segment.Operator)
            {
                case ">" or ">>" or "<" or "1>" or "2>" or "1>>" or "2>>":
                    pending = segment.Operator;
                    continue;
                case "1>&2" or "2>&1":
                    redirections.Add(segment.Operator);
                    continue;
            }

            BatchTranslation command = programs.Command(words, first);
            if (command.Why is not null)
            {
                return command;
            }

            shell.Append(command.Shell).Append(string.Concat(redirections.Select(redirection => " " + redirection)));
            shell.Append(segment.Operator switch { "" => "", "&" => "\n", _ => $" {segment.Operator} " });
            words.Clear();
            redirections.Clear();
            first = null;
        }

        return new BatchTranslation(shell.ToString(), Why: null);
    }

    /// <summary>A word that sh takes as it is.</summary>
    public static string Quote(string word) => "'" + word.Replace("'", @"'\''") + "'";
}
