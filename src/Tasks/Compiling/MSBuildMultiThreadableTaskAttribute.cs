namespace Microsoft.Build.Framework;

/// <summary>Tells MSBuild 18's multithreaded mode that a task may run in-process beside others; found by its name, so that older MSBuilds can load the task too.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
