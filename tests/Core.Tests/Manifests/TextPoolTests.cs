using System.Text;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Tests.Manifests;

[TestClass]
public sealed class TextPoolTests
{
    [TestMethod]
    public void Equal_bytes_have_one_number_and_one_string()
    {
        TextPool pool = new();

        int first = pool.IdOf("include/größe.h"u8), other = pool.IdOf("include/a.h"u8), again = pool.IdOf("include/größe.h"u8);

        Assert.AreEqual(first, again);
        Assert.AreNotEqual(first, other);
        Assert.AreEqual("include/größe.h", pool[first]);
        Assert.AreEqual("include/a.h", pool[other]);
        Assert.AreEqual(2, pool.Count);
    }

    [TestMethod]
    public void Many_threads_agree_on_the_numbers_of_many_texts()
    {
        const int Texts = 5000;
        TextPool pool = new();
        int[][] found = new int[4][];

        Parallel.For(0, found.Length, thread => found[thread] = [.. Enumerable.Range(0, Texts).Select(text => pool.IdOf(Encoding.UTF8.GetBytes($"folder/header{text}.h")))]);

        Assert.AreEqual(Texts, pool.Count);
        foreach (int[] ids in found)
        {
            CollectionAssert.AreEqual(found[0], ids);
        }

        for (int text = 0; text < Texts; text++)
        {
            Assert.AreEqual($"folder/header{text}.h", pool[found[0][text]]);
        }
    }

    [TestMethod]
    public void Texts_of_a_pool_are_a_list_of_strings()
    {
        TextPool pool = new();
        PooledTexts texts = new(pool, [pool.IdOf("b"u8), pool.IdOf("a"u8), pool.IdOf("b"u8)]);

        CollectionAssert.AreEqual(new[] { "b", "a", "b" }, texts.ToArray());
        Assert.HasCount(3, texts);
        Assert.AreEqual("a", texts[1]);
    }
}
