using DistBuild.Agent.Monitor;

namespace DistBuild.Agent.Tests.Monitor;

[TestClass]
public sealed class SlotAllowanceTests
{
    private const int Plenty = 100_000;

    private static readonly MachineState Idle = new(Processors: 8, OthersLoad: 0, FreeMemory: Plenty, OwnMemory: 0, Running: 0, IsInUse: false);

    [TestMethod]
    public void A_machine_with_nothing_else_to_do_lends_all() => Assert.AreEqual(8, SlotAllowance.Decide(Idle, 8, isDedicated: false));

    [TestMethod]
    [DataRow(5, 8, 8, DisplayName = "less than half a processor is nothing")]
    [DataRow(25, 8, 6)]
    [DataRow(50, 8, 4)]
    [DataRow(100, 8, 1, DisplayName = "one is always lent, so that nobody waits in vain")]
    [DataRow(50, 2, 2, DisplayName = "what is idle is enough for the few that are lent")]
    [DataRow(50, 16, 8, DisplayName = "more slots than processors shrink in step")]
    public void What_others_use_is_theirs(int load, int slots, int allowed) => Assert.AreEqual(allowed, SlotAllowance.Decide(Idle with { OthersLoad = load }, slots, isDedicated: false));

    [TestMethod]
    public void Who_types_has_a_processor_to_themselves()
    {
        Assert.AreEqual(7, SlotAllowance.Decide(Idle with { IsInUse = true }, 8, isDedicated: false));
        Assert.AreEqual(1, SlotAllowance.Decide(Idle with { IsInUse = true, Processors = 1 }, 1, isDedicated: false));
    }

    [TestMethod]
    public void A_dedicated_machine_lends_all_whatever_else_it_does()
    {
        Assert.AreEqual(8, SlotAllowance.Decide(Idle with { OthersLoad = 100, IsInUse = true }, 8, isDedicated: true));
        Assert.AreEqual(0, SlotAllowance.Decide(Idle with { FreeMemory = 100 }, 8, isDedicated: true), "but its memory is what it is");
    }

    [TestMethod]
    [DataRow(SlotAllowance.Reserve + (3 * SlotAllowance.MemoryOfCompile) + 1, 0, 0, 3)]
    [DataRow(SlotAllowance.Reserve + SlotAllowance.MemoryOfCompile - 1, 0, 0, 0)]
    [DataRow(0, 0, 0, 0)]
    public void Each_compile_needs_memory_that_is_free(int free, int own, int running, int allowed) =>
        Assert.AreEqual(allowed, SlotAllowance.Decide(Idle with { FreeMemory = free, OwnMemory = own, Running = running }, 8, isDedicated: false));

    [TestMethod]
    public void What_the_agents_own_compiles_have_does_not_count_against_them()
    {
        MachineState four = Idle with { FreeMemory = 700, OwnMemory = 4 * 1000, Running = 4 };

        Assert.AreEqual(4, SlotAllowance.Decide(four, 8, isDedicated: false), "but the next would be as large as these");
    }

    [TestMethod]
    public void While_one_runs_the_next_may_wait_for_its_end() =>
        Assert.AreEqual(1, SlotAllowance.Decide(Idle with { FreeMemory = 0, OwnMemory = 7000, Running = 1 }, 8, isDedicated: false));

    [TestMethod]
    public void No_state_leads_out_of_bounds()
    {
        Random random = new(8);
        for (int i = 0; i < 100_000; i++)
        {
            int slots = random.Next(1, 100);
            MachineState state = new(random.Next(1, 100), random.Next(101), random.Next(int.MaxValue), random.Next(int.MaxValue), random.Next(100), random.Next(2) == 0);
            Assert.IsInRange(0, slots, SlotAllowance.Decide(state, slots, random.Next(2) == 0));
        }
    }
}
