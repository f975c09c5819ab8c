using System.Diagnostics;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Client;

/// <summary>What the slots that work for a batch do now, for the decision which of them takes what; <see cref="WorkingSlots"/> with a clock and for many threads.</summary>
internal sealed class BatchSlots
{
    /// <summary>A core of this machine: compile times are kept as they are here.</summary>
    private const int PowerHere = 100;

    private readonly object _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly WorkingSlots _slots = new();
    private readonly Dictionary<WorkingSlot, HelpingAgent> _agents = [];
    private readonly BatchSlot _here;

    public BatchSlots() => _here = new BatchSlot(this, new WorkingSlots().Add(PowerHere));

    /// <summary>An agent's slot, until its end.</summary>
    public BatchSlot Add(HelpingAgent agent)
    {
        lock (_gate)
        {
            WorkingSlot slot = _slots.Add(agent.Offer.Power);
            _agents.Add(slot, agent);
            return new BatchSlot(this, slot);
        }
    }

    /// <summary>What a slot here leaves to those at agents.</summary>
    /// <param name="toolchain">Of the units.</param>
    /// <param name="waiting">What is not begun yet, on a typical core.</param>
    public SlowSlot? ChooseHere(Digest toolchain, TimeSpan waiting) => _here.Choose(toolchain, waiting);

    /// <summary>One of them.</summary>
    public sealed class BatchSlot(BatchSlots all, WorkingSlot slot)
    {
        /// <inheritdoc cref="ChooseHere"/>
        public SlowSlot? Choose(Digest toolchain, TimeSpan waiting)
        {
            lock (all._gate)
            {
                return all._slots.Choose(slot, all._clock.Elapsed, waiting, other => all._agents[other].Has(toolchain));
            }
        }

        public void Asks()
        {
            lock (all._gate)
            {
                slot.Asks(all._clock.Elapsed);
            }
        }

        /// <param name="work">On a typical core.</param>
        public void Begins(TimeSpan work)
        {
            lock (all._gate)
            {
                slot.Begins(all._clock.Elapsed, ExpectedTimes.At(slot.Power, work));
            }
        }

        public void Idles()
        {
            lock (all._gate)
            {
                slot.Idles();
            }
        }

        /// <summary>It takes nothing any more.</summary>
        public void End()
        {
            lock (all._gate)
            {
                all._slots.Remove(slot);
                all._agents.Remove(slot);
            }
        }
    }
}
