namespace DistBuild.Agent.Requests;

/// <summary>The agent lends no slots for the time being; whoever waits for one goes elsewhere.</summary>
internal sealed class NoSlotsException() : Exception("this agent's machine is short of memory");
