using System.CommandLine;

namespace DistBuild.Agent.Commands;

/// <summary>An argument that is a path. A mistyped option is not one: without this it would be taken for a file of that name.</summary>
internal sealed class PathArgument : Argument<string>
{
    public PathArgument(string name)
        : base(name) => Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] option }, ..])
            {
                result.AddError($"Unrecognized option '{option}'. (A path of that name is written ./{option}.)");
            }
        });
}
