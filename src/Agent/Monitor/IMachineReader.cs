namespace DistBuild.Agent.Monitor;

/// <summary>Reads what the operating system says of the whole machine. Null is "it does not say".</summary>
internal interface IMachineReader
{
    ProcessorTimes? ReadProcessors();

    /// <summary>MiB that new processes can use without swapping.</summary>
    int? ReadFreeMemory();
}
