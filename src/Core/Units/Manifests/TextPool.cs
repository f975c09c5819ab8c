using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Manifests;

/// <summary>
/// Gives texts small numbers, the same number for the same text, and keeps one string of each: the manifests of one build name the same headers thousands of times.
/// Safe for many threads; a text that is known already costs no lock.
/// </summary>
internal sealed class TextPool
{
    private const int FirstSlots = 256;

    private readonly object _gate = new();
    private Table _table = new(FirstSlots);
    private string[] _texts = new string[FirstSlots];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public string this[int id] => Volatile.Read(ref _texts)[id];

    public int IdOf(ReadOnlySpan<byte> utf8)
    {
        ulong hash = XxHash64.Hash(utf8);
        int id = Find(Volatile.Read(ref _table), hash, utf8);
        return id >= 0 ? id : Add(hash, utf8);
    }

    private int Find(Table table, ulong hash, ReadOnlySpan<byte> utf8)
    {
        for (int slot = table.First(hash); ; slot = table.Next(slot))
        {
            int id = table.IdAt(slot);
            if (id < 0 || (table.HashAt(slot) == hash && IsSame(this[id], utf8)))
            {
                return id;
            }
        }
    }

    private int Add(ulong hash, ReadOnlySpan<byte> utf8)
    {
        lock (_gate)
        {
            int id = Find(_table, hash, utf8);
            if (id >= 0)
            {
                return id;
            }

            id = _count;
            if (id == _texts.Length)
            {
                string[] texts = new string[2 * id];
                _texts.CopyTo(texts, 0);
                Volatile.Write(ref _texts, texts);
            }

#if NETSTANDARD2_0
            _texts[id] = Encoding.UTF8.GetString(utf8.ToArray());
#else
            _texts[id] = Encoding.UTF8.GetString(utf8);
#endif
            if (2 * (id + 1) > _table.Slots)
            {
                Volatile.Write(ref _table, _table.Doubled());
            }

            _table.Add(hash, id);
            Volatile.Write(ref _count, id + 1);
            return id;
        }
    }

    private static bool IsSame(string text, ReadOnlySpan<byte> utf8) =>
#if NETSTANDARD2_0
        text == Encoding.UTF8.GetString(utf8.ToArray());
#else
        Ascii.Equals(utf8, text) || text == Encoding.UTF8.GetString(utf8);
#endif

    /// <summary>Numbers by hash, with linear probing. Readers see a number only after its hash; only one thread adds.</summary>
    private sealed class Table(int slots)
    {
        private readonly ulong[] _hashes = new ulong[slots];
        private readonly int[] _idsAfterOne = new int[slots];

        public int Slots => _hashes.Length;

        public int First(ulong hash) => (int)(hash & (ulong)(Slots - 1));

        public int Next(int slot) => (slot + 1) & (Slots - 1);

        /// <summary>-1 for a free slot.</summary>
        public int IdAt(int slot) => Volatile.Read(ref _idsAfterOne[slot]) - 1;

        public ulong HashAt(int slot) => _hashes[slot];

        public void Add(ulong hash, int id)
        {
            int slot = First(hash);
            while (IdAt(slot) >= 0)
            {
                slot = Next(slot);
            }

            _hashes[slot] = hash;
            Volatile.Write(ref _idsAfterOne[slot], id + 1);
        }

        public Table Doubled()
        {
            Table doubled = new(2 * Slots);
            for (int slot = 0; slot < Slots; slot++)
            {
                if (IdAt(slot) is >= 0 and int id)
                {
                    doubled.Add(_hashes[slot], id);
                }
            }

            return doubled;
        }
    }
}
