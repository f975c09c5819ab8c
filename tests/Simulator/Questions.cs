using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Simulator;

/// <summary>A client's questions: to everybody or to homes as the product decides, and waited for as the product waits.</summary>
internal sealed class Questions(IReadOnlyDictionary<Guid, SimulatedAgent> agents, Wires wires, VirtualTime time, bool asksEverybody)
{
    private readonly FinderTimings _timings = new();
    private readonly HashSet<Guid> _shoutersKnown = [];

    /// <summary>What is known of each agent that ever answered.</summary>
    public Dictionary<Guid, Offer> Known { get; } = [];

    public async Task<IReadOnlyList<Offer>> AskAsync(IReadOnlyList<Digest> keys)
    {
        IReadOnlyDictionary<Offer, IReadOnlyList<Digest>>? homes = asksEverybody ? null : Audience.Choose([.. keys.Select(key => new AskedKey(key, SimulatedUnit.Toolchain))], Known.Values);
        bool isShout = homes is null || keys.Count == 0;
        AnswerWindow window = new(_timings, _timings.ShortestPatience, isShout, _shoutersKnown);
        Round round = new(time, window);
        if (isShout)
        {
            foreach (SimulatedAgent agent in agents.Values)
            {
                Send(agent, keys, offer => round.Add(offer, isShout: true));
            }
        }
        else
        {
            foreach ((Offer home, IReadOnlyList<Digest> its) in homes!)
            {
                window.DirectAdded();
                Send(agents[home.AgentId], its, offer => round.Add(offer, isShout: false));
                time.After(_timings.Retransmit, () =>
                {
                    if (!round.Has(home.AgentId))
                    {
                        Send(agents[home.AgentId], its, offer => round.Add(offer, isShout: false));
                    }
                });
            }
        }

        IReadOnlyList<Offer> offers = await round.EndAsync();
        foreach (Offer offer in offers)
        {
            Known[offer.AgentId] = offer;
        }

        if (isShout)
        {
            _shoutersKnown.ExceptWith(window.Missing);
            _shoutersKnown.UnionWith(offers.Select(offer => offer.AgentId));
        }

        return offers;
    }

    private void Send(SimulatedAgent agent, IReadOnlyList<Digest> keys, Action<Offer> answered) => wires.Send(Wires.QuestionSize(keys.Count), () =>
    {
        if (!agent.IsDead)
        {
            Offer offer = agent.Answer(keys);
            wires.Send(Wires.AnswerSize(keys.Count), () => answered(offer));
        }
    });

    private sealed class Round(VirtualTime time, AnswerWindow window)
    {
        private readonly TimeSpan _start = time.Now;
        private readonly Dictionary<Guid, Offer> _offers = [];
        private readonly TaskCompletionSource _over = new();

        public bool Has(Guid agent) => _offers.ContainsKey(agent);

        public void Add(Offer offer, bool isShout)
        {
            if (_over.Task.IsCompleted || !_offers.TryAdd(offer.AgentId, offer))
            {
                return;
            }

            if (isShout)
            {
                window.ShoutAnswered(offer.AgentId, time.Now - _start);
            }
            else
            {
                window.DirectDone();
            }

            Check();
        }

        public async Task<IReadOnlyList<Offer>> EndAsync()
        {
            Check();
            await _over.Task;
            return [.. _offers.Values];
        }

        private void Check()
        {
            TimeSpan left = window.Left(time.Now - _start);
            if (left <= TimeSpan.Zero)
            {
                _over.TrySetResult();
            }
            else
            {
                time.After(left, () =>
                {
                    if (!_over.Task.IsCompleted && window.Left(time.Now - _start) <= TimeSpan.Zero)
                    {
                        _over.TrySetResult();
                    }
                });
            }
        }
    }
}
