using DistBuild.Agent.Commands;

return await CommandTree.RunAsync(args, CommandContext.OfThisProcess());
