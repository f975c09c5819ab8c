using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building;

/// <summary>Runs a linker or archiver that writes one file, so that the file is there whole or not at all.</summary>
internal static class OutputTool
{
    // Well below what Linux (2 MiB) and Windows (32 KiB) allow.
    private const int LongestCommand = 30_000;

    /// <summary>Runs the tool on a file in a temporary folder and moves that to the output when the tool succeeded; otherwise there is no output afterwards.</summary>
    /// <param name="arguments">Makes the arguments for the file the tool is to write.</param>
    /// <param name="responseFile">Where the arguments go when they are too long for a command line.</param>
    /// <exception cref="ProcessStartException">The tool could not be started.</exception>
    /// <exception cref="IOException">The output could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no output, no process is left.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program, Func<string, IReadOnlyList<string>> arguments, string output, string responseFile, ProjectPaths paths,
        IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        File.Delete(output);
        // In a folder of its own under its own name: linkers for Windows write the name of a DLL into it.
        string folder = AtomicFile.TemporaryPath(output);
        string temporary = Path.Combine(folder, Path.GetFileName(output));
        try
        {
            Directory.CreateDirectory(folder);
            IReadOnlyList<string> words = arguments(temporary);
            if (words.Sum(word => word.Length + 3) > LongestCommand)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(responseFile)!);
                AtomicFile.Write(responseFile, Encoding.UTF8.GetBytes(string.Join("\n", words.Select(Quote)) + "\n"), cancellationToken);
                words = ["@" + responseFile];
            }

            // The messages are read, so they must be in one language.
            Dictionary<string, string> plain = environment.ToDictionary(variable => variable.Key, variable => variable.Value);
            plain["LC_ALL"] = "C";
            ProcessResult result = await ProcessRunner.RunAsync(new ProcessRequest(program, words, paths.ProjectDirectory, plain), cancellationToken).ConfigureAwait(false);
            if (result.ExitCode == 0)
            {
                AtomicFile.Replace(temporary, output);
            }

            return result;
        }
        finally
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>One word as GNU's and LLVM's response files read it.</summary>
    private static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '=' or ',' or '+' or '$' or ':' or '@')
            ? word
            : "\"" + word.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
