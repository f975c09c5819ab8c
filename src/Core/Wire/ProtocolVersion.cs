namespace DistBuild.Core.Wire;

/// <summary>
/// The version of frames and datagrams. Major: raised when bytes of an existing message or datagram change; two majors do not talk. Minor: raised when a
/// message is added; a side sends only what the lower of the two minors knows.
/// <list type="bullet">
/// <item>1.0: first version.</item>
/// </list>
/// </summary>
public static class ProtocolVersion
{
    public const byte Major = 1, Minor = 0;

    public static string Text => $"{Major}.{Minor}";
}
