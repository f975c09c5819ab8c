using System.Reflection;

namespace DistBuild.Agent.Commands;

/// <summary>This tool's own version, which is the version of the package it belongs to.</summary>
internal static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Semantic Versioning 2.0.0, section 11: below zero when <paramref name="left"/> comes first; null when one of them is not a version.</summary>
    public static int? Compare(string left, string right)
    {
        (string leftCore, string leftLabel) = Split(left);
        (string rightCore, string rightLabel) = Split(right);
        if (!Version.TryParse(leftCore, out Version? leftVersion) || !Version.TryParse(rightCore, out Version? rightVersion))
        {
            return null;
        }

        int order = leftVersion.CompareTo(rightVersion);
        return order != 0 ? order : CompareLabels(leftLabel, rightLabel);
    }

    private static (string Core, string Label) Split(string version)
    {
        string text = version.Trim().Split('+')[0];
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (text, "") : (text[..dash], text[(dash + 1)..]);
    }

    private static int CompareLabels(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return (left.Length == 0).CompareTo(right.Length == 0);
        }

        string[] leftParts = left.Split('.'), rightParts = right.Split('.');
        for (int i = 0; i < Math.Min(leftParts.Length, rightParts.Length); i++)
        {
            bool leftIsNumber = int.TryParse(leftParts[i], out int leftNumber), rightIsNumber = int.TryParse(rightParts[i], out int rightNumber);
            int order = leftIsNumber && rightIsNumber ? leftNumber.CompareTo(rightNumber)
                : leftIsNumber != rightIsNumber ? rightIsNumber.CompareTo(leftIsNumber)
                : string.CompareOrdinal(leftParts[i], rightParts[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return leftParts.Length.CompareTo(rightParts.Length);
    }
}
