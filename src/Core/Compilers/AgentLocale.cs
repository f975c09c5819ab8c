namespace DistBuild.Core.Compilers;

/// <summary>The locale agents compile in: plain words, and quotation marks beyond ASCII.</summary>
public static class AgentLocale
{
    public const string Name = "C.UTF-8";
}
