using DistBuild.Core.Store;

namespace DistBuild.Core.Tests.Store;

[TestClass]
public sealed class StoreLocationTests
{
    [TestMethod]
    [DataRow("HOME=/homes/anna", "/homes/anna/.cache/distbuild")]
    [DataRow("HOME=/homes/anna;XDG_CACHE_HOME=/fast", "/fast/distbuild")]
    [DataRow("HOME=/homes/anna;XDG_CACHE_HOME=", "/homes/anna/.cache/distbuild")]
    [DataRow("HOME=/homes/anna;XDG_CACHE_HOME=relative", "/homes/anna/.cache/distbuild")]
    [DataRow("HOME=/homes/anna;LOCALAPPDATA=/elsewhere", "/homes/anna/.cache/distbuild")]
    public void On_Unix_it_follows_the_XDG_specification(string variables, string expected) =>
        Assert.AreEqual(expected, StoreLocation.Default(Parse(variables), windows: false));

    [TestMethod]
    public void Without_HOME_it_is_still_a_full_path() =>
        Assert.StartsWith("/", StoreLocation.Default(new Dictionary<string, string>(), windows: false));

    [TestMethod]
    public void On_Windows_it_is_in_the_local_application_data() =>
        Assert.AreEqual(
            Path.Combine("C:\\Users\\anna\\AppData\\Local", "DistBuild"),
            StoreLocation.Default(Parse("LOCALAPPDATA=C:\\Users\\anna\\AppData\\Local"), windows: true));

    private static Dictionary<string, string> Parse(string variables) => variables.Split(';').ToDictionary(v => v.Split('=')[0], v => v.Split('=')[1]);
}
