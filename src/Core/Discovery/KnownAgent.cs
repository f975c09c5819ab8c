using System.Net;

namespace DistBuild.Core.Discovery;

/// <summary>An agent of the LAN that answered, in this build or an earlier one. It is trusted no more than any other: it is only asked by address too.</summary>
/// <param name="EndPoint">Of its UDP and TCP ports, which have one number.</param>
/// <param name="Answered">When it last did.</param>
/// <param name="IsMissed">It did not answer the last build that asked it: it is asked on, but not waited for.</param>
internal sealed record KnownAgent(Guid Id, IPEndPoint EndPoint, DateTimeOffset Answered, bool IsMissed);
