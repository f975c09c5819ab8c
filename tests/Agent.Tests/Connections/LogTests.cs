using System.Reflection;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Tests.Connections;

[TestClass]
public sealed class LogTests
{
    [TestMethod]
    public void Event_ids_are_unique()
    {
        int[] ids = [.. typeof(DistBuild.Agent.Connections.AgentServer).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .Select(message => message.EventId)];

        Assert.IsGreaterThan(5, ids.Length);
        Assert.HasCount(ids.Length, ids.Distinct().ToArray());
    }
}
