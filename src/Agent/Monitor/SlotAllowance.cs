namespace DistBuild.Agent.Monitor;

/// <summary>What a machine does at one moment, besides and because of the agent.</summary>
/// <param name="Processors">How many there are.</param>
/// <param name="OthersLoad">Percent of all processors that others than the agent and its compiles use.</param>
/// <param name="FreeMemory">MiB.</param>
/// <param name="OwnMemory">MiB that the agent and its compiles have.</param>
/// <param name="Running">Slots in use.</param>
/// <param name="IsInUse">Somebody types here.</param>
internal readonly record struct MachineState(int Processors, int OthersLoad, int FreeMemory, int OwnMemory, int Running, bool IsInUse);

/// <summary>
/// Decides how many of its slots an agent lends: memory is respected, and the owner of a workstation comes first. No clock and no machine: a state in, a number out.
/// A compile that runs is never stopped for it; it has a low priority anyway.
/// </summary>
internal static class SlotAllowance
{
    /// <summary>MiB for a compile whose size nobody knows: what most C++ units with a standard library need at their peak.</summary>
    public const int MemoryOfCompile = 400;

    /// <summary>MiB that are left for the machine itself.</summary>
    public const int Reserve = 300;

    /// <summary>A processor that is busy less than half of the time with other things counts as idle.</summary>
    private const double Rounding = 0.5;

    /// <param name="slots">Lent by a machine that has nothing else to do.</param>
    /// <param name="isDedicated">Nobody else's work counts on this machine; its memory does.</param>
    /// <returns>0 only for want of memory: then nothing is compiled. What else the machine does leaves one slot, so that no client waits in vain.</returns>
    public static int Decide(MachineState machine, int slots, bool isDedicated)
    {
        int allowed = isDedicated ? slots : ByProcessors(machine, slots);
        return Math.Min(allowed, ByMemory(machine));
    }

    private static int ByProcessors(MachineState machine, int slots)
    {
        double idle = (machine.Processors * (100 - machine.OthersLoad) / 100.0) - (machine.IsInUse ? 1 : 0);

        // Who lends more slots than processors means each of them for several.
        double each = Math.Max(1.0, (double)slots / machine.Processors);
        return Math.Clamp((int)((idle * each) + Rounding), 1, slots);
    }

    private static int ByMemory(MachineState machine)
    {
        int each = Math.Max(MemoryOfCompile, machine.Running == 0 ? 0 : machine.OwnMemory / machine.Running);
        long room = (long)machine.FreeMemory + machine.OwnMemory - Reserve;

        // While one runs, the next may wait for its end.
        return (int)Math.Max(machine.Running > 0 ? 1 : 0, room / each);
    }
}
