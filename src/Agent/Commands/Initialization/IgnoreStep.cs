namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Keeps what belongs to one machine out of version control: on Windows the response file would take Visual Studio's own targets away.</summary>
internal static class IgnoreStep
{
    private const string Line = "/" + ResponseFileStep.FileName, Purpose = $"keeps {ResponseFileStep.FileName} out of version control";

    public static void Plan(string root, bool edit, List<FileStep> steps, List<string> hints)
    {
        string path = Path.Combine(root, ".gitignore");
        TextFile? file = TextFile.TryRead(path);
        bool ignored = file is not null && file.Text.Split('\n').Any(line => line.Trim().TrimStart('/') == ResponseFileStep.FileName);
        if (ignored)
        {
            steps.Add(FileStep.Right(path, Purpose));
        }
        else if (!edit)
        {
            hints.Add(
                $"{ResponseFileStep.FileName} is for this machine only (on Windows it would replace Visual Studio's targets): "
                + $"add the line {Line} to .gitignore, or run init with --gitignore.");
        }
        else
        {
            string before = file is null || file.Text.Length == 0 || file.Text[^1] == '\n' ? "" : file.NewLine;
            Action apply = file is null ? () => TextFile.Create(path, Line + "\n") : () => file.Write(file.Text + before + Line + file.NewLine);
            steps.Add(new FileStep(path, file is null ? StepKind.Create : StepKind.Change, Purpose, [Line], apply));
        }
    }
}
