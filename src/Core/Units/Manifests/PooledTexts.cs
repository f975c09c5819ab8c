using System.Collections;

namespace DistBuild.Core.Units.Manifests;

/// <summary>Texts of one pool, by their numbers.</summary>
internal sealed class PooledTexts(TextPool pool, int[] ids) : IReadOnlyList<string>
{
    public TextPool Pool => pool;

    public ReadOnlySpan<int> Ids => ids;

    public int Count => ids.Length;

    public string this[int index] => pool[ids[index]];

    public IEnumerator<string> GetEnumerator()
    {
        foreach (int id in ids)
        {
            yield return pool[id];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
