using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class RememberedFoldersTests
{
    // Long after the folders of a test were made.
    private static readonly long Later = FileIdentity.Now() + 3_600_000_000_000;

    [TestMethod]
    public void Folders_that_stayed_as_they_were_are_remembered_in_their_order()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["include"]);

        RememberedFolders.Save(folder["memory"], [folder["missing"], folder["include"]], Later);

        CollectionAssert.AreEqual(new[] { folder["missing"], folder["include"] }, RememberedFolders.Load(folder["memory"])!.ToArray());
    }

    [TestMethod]
    public void A_folder_that_appeared_or_went_or_got_a_file_is_a_reason_to_ask_again()
    {
        using TemporaryFolder folder = new();
        foreach (Action change in (Action[])
        [
            () => Directory.CreateDirectory(folder["missing"]),
            () => Directory.Delete(folder["include"]),
            () => File.WriteAllText(folder["include/new.h"], ""),
        ])
        {
            Directory.CreateDirectory(folder["include"]);
            File.Delete(folder["include/new.h"]);
            RememberedFolders.Save(folder["memory"], [folder["missing"], folder["include"]], Later);
            Assert.IsNotNull(RememberedFolders.Load(folder["memory"]));

            change();

            Assert.IsNull(RememberedFolders.Load(folder["memory"]));
            if (Directory.Exists(folder["missing"]))
            {
                Directory.Delete(folder["missing"]);
            }
        }
    }

    [TestMethod]
    public void A_folder_touched_while_the_compiler_was_asked_is_not_remembered()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["include"]);

        RememberedFolders.Save(folder["memory"], [folder["include"]], FileIdentity.Now());

        Assert.IsFalse(File.Exists(folder["memory"]));
    }

    [TestMethod]
    public void Damage_is_a_reason_to_ask_again()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["include"]);
        RememberedFolders.Save(folder["memory"], [folder["include"]], Later);
        byte[] whole = File.ReadAllBytes(folder["memory"]);
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] damaged = [.. whole];
            damaged[at] ^= 1;
            File.WriteAllBytes(folder["memory"], damaged);
            Assert.IsNull(RememberedFolders.Load(folder["memory"]), $"byte {at}");
            File.WriteAllBytes(folder["memory"], whole[..at]);
            Assert.IsNull(RememberedFolders.Load(folder["memory"]), $"{at} bytes");
        }
    }
}
