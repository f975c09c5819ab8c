namespace DistBuild.Tests.Shared;

/// <summary>A test that cannot hold on .NET Framework, or on mono, which <c>./build.sh test-mono</c> runs it by; the reason stands in that stage's output.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class NotOnNetFrameworkAttribute : ConditionBaseAttribute
{
    public NotOnNetFrameworkAttribute(string why)
        : base(ConditionMode.Include) => IgnoreMessage = why;

    public override string GroupName => nameof(NotOnNetFrameworkAttribute);

#if NETFRAMEWORK
    public override bool IsConditionMet => false;
#else
    public override bool IsConditionMet => true;
#endif
}
