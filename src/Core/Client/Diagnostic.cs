using System.Globalization;

namespace DistBuild.Core.Client;

/// <summary>A message with a stable code: what happened, why, and what to do. Codes are never reused; a new warning is a breaking change.</summary>
public sealed record Diagnostic(string Code, DiagnosticLevel Level, string Text)
{
    public string Format(params object[] values) => string.Format(CultureInfo.InvariantCulture, Text, values);
}

public enum DiagnosticLevel
{
    Message,
    Warning,
}
