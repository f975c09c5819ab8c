namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Keeps what belongs to one machine out of version control: on Windows the response file would take Visual Studio's own targets away.</summary>
internal static class IgnoreStep
{
    private const string Line = "/" + ResponseFileStep.FileName;

    public static void Plan(string root, bool edit, List<FileStep> steps, List<string> hints)
    {
        string path = Path.Combine(root, ".gitignore");
        TextFile? file = TextFile.TryRead(path);
        bool ignored = file is not null && file.Text.Split('\n').Any(line => line.Trim().TrimStart('/') == ResponseFileStep.FileName);
        if (ignored)
        {
            steps.Add(FileStep.Right(path, $"keeps {ResponseFileStep.FileName} out of version control"));
        }
        else if (!edit)
        {
            hints.Add(
                $"{ResponseFileStep.FileName} is for this machine only (on Windows it would replace Visual Studio's targets): add the line {Line} to .gitignore, or run init with --gitignore.");
        }
        else if (file is null)
        {
            steps.Add(new FileStep(path, StepKind.Create, $"keeps {ResponseFileStep.FileName} out of version control", [Line], () => TextFile.Create(path, Line + "\n")));
        }
        else
        {
            string separator = file.Text.Length == 0 || file.Text[^1] == '\n' ? "" : file.NewLine;
            string text = file.Text + separator + Line + file.NewLine;
            steps.Add(new FileStep(path, StepKind.Change, $"keeps {ResponseFileStep.FileName} out of version control", [Line], () => file.Write(text)));
        }
    }
}
