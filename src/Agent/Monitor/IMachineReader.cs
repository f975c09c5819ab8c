namespace DistBuild.Agent.Monitor;

/// <summary>Reads what the operating system says of the whole machine. Null is "it does not say".</summary>
internal interface IMachineReader
{
    ProcessorTimes? ReadProcessors();

    /// <summary>MiB that new processes can use without swapping.</summary>
    int? ReadFreeMemory();

    /// <summary>What this process and its children use.</summary>
    OwnUsage? ReadOwn();

    /// <summary>Since somebody last typed on this machine.</summary>
    TimeSpan? ReadInputAge();
}
