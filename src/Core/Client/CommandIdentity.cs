using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>
/// What of a command a record compares, besides the files it read: the words, response files, the compiler behind its name, and what the environment adds. What units share
/// is found out once per batch.
/// </summary>
internal sealed class CommandIdentity(BuildSession? session)
{
    private const int MaximumResponseFiles = 100;

    // What leads to other headers without a word in the command.
    private static readonly string[] Variables = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "INCLUDE", "EXTERNAL_INCLUDE", "CL", "_CL_"];

    private readonly Dictionary<CompilerUse, Compiler> _compilers = [];

    public async Task<KnownCommand> OfAsync(CompileCommand command, CancellationToken cancellationToken)
    {
        CompilerUse use = new(command.Compiler, command.WorkingDirectory, command.Environment);
        if (!_compilers.TryGetValue(use, out Compiler? compiler))
        {
            compiler = new Compiler(await CompilerAsync(command, cancellationToken).ConfigureAwait(false), DirectKeyer.Surroundings(command));
            _compilers.Add(use, compiler);
        }

        using KeyBuilder key = new("command/2");
        key.Add("compiler", compiler.Identity).Add("directory", command.WorkingDirectory).AddAll("argument", command.Arguments);
        Queue<string> responses = new(command.Arguments.Where(argument => argument.StartsWith("@", StringComparison.Ordinal)));
        for (int i = 0; i < MaximumResponseFiles && responses.Count > 0; i++)
        {
            AddResponse(key, command, responses.Dequeue(), responses);
        }

        if (command.Arguments.Any(argument => argument.Contains("=native")))
        {
            key.Add("processor", ThisProcessor.Description);
        }

        return new KnownCommand(key.Build(), compiler.Surroundings);
    }

    private static void AddResponse(KeyBuilder key, CompileCommand command, string argument, Queue<string> more)
    {
        try
        {
            string text = File.ReadAllText(command.FullPath(argument.Substring(1)));
            key.Add("response", text);
            foreach (string word in text.Split([' ', '\t', '\r', '\n', '"', '\''], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("@", StringComparison.Ordinal)))
            {
                more.Enqueue(word);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            key.Add("no-response", argument);
        }
    }

    private async Task<Digest> CompilerAsync(CompileCommand command, CancellationToken cancellationToken)
    {
        using KeyBuilder key = new("command-compiler/1");
        key.Add("name", command.Compiler);
        foreach (string name in Variables)
        {
            key.Add(name, command.Environment.TryGetValue(name, out string? value) ? value : "");
        }

        (Toolchain? toolchain, string? unknown) = session is null
            ? (null, null)
            : await session.Toolchains.IdentifyAsync(command.Compiler, command.WorkingDirectory, command.Environment, cancellationToken).ConfigureAwait(false);
        if (toolchain is not null)
        {
            return key.Add("toolchain", toolchain.Digest).Build();
        }

        // Without a store nobody keeps what a toolchain is; its driver says enough to notice another one.
        string driver = DriverFinder.Find(command.Compiler, command.WorkingDirectory, command.Environment) ?? "";
        FileIdentity.TryRead(driver, out FileIdentity identity);
        return key.Add("unknown", unknown ?? "").Add("driver", driver).Add("size", identity.Size.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .Add("modified", identity.Modified.ToString(System.Globalization.CultureInfo.InvariantCulture)).Build();
    }

    private sealed record CompilerUse(string Compiler, string Directory, object Environment);

    private sealed record Compiler(Digest Identity, Digest Surroundings);
}

/// <summary>A command as records know it.</summary>
/// <param name="Identity">Another one is another command.</param>
/// <param name="Surroundings">What else is part of a key, and makes nothing out of date that is there.</param>
internal sealed record KnownCommand(Digest Identity, Digest Surroundings);
