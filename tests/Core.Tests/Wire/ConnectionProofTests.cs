using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;

namespace DistBuild.Core.Tests.Wire;

[TestClass]
public sealed class ConnectionProofTests
{
    private static readonly Digest Certificate = Digest.Of("certificate"u8), Mine = ConnectionProof.NewNonce(), Theirs = ConnectionProof.NewNonce();

    [TestMethod]
    public void A_proof_holds_for_one_key_one_certificate_one_pair_of_nonces_and_one_side()
    {
        Digest proof = ConnectionProof.OfClient(Samples.ClusterKey, Certificate, Mine, Theirs);

        Assert.IsTrue(ConnectionProof.AreEqual(proof, ConnectionProof.OfClient(Samples.ClusterKey, Certificate, Mine, Theirs)));
        Assert.IsFalse(ConnectionProof.AreEqual(proof, ConnectionProof.OfAgent(Samples.ClusterKey, Certificate, Mine, Theirs)), "the other side's");
        Assert.IsFalse(ConnectionProof.AreEqual(proof, ConnectionProof.OfClient(new ClusterKey(new byte[32]), Certificate, Mine, Theirs)), "another key's");
        Assert.IsFalse(ConnectionProof.AreEqual(proof, ConnectionProof.OfClient(Samples.ClusterKey, default, Mine, Theirs)), "through another TLS connection");
        Assert.IsFalse(ConnectionProof.AreEqual(proof, ConnectionProof.OfClient(Samples.ClusterKey, Certificate, Theirs, Mine)), "the nonces exchanged");
        Assert.IsFalse(ConnectionProof.AreEqual(proof, ConnectionProof.OfClient(Samples.ClusterKey, Certificate, Mine, ConnectionProof.NewNonce())), "repeated");
    }

    [TestMethod]
    public void Proofs_are_those_another_HMAC_gives()
    {
        Digest ones = new([.. Enumerable.Repeat((byte)1, 32)]), twos = new([.. Enumerable.Repeat((byte)2, 32)]);

        // Computed with Python's hmac and hashlib.
        Assert.AreEqual("fb754cede3c3f6793ebdfe09b60062f808590f9dd0cef0a7409ded5f895ee5fa", ConnectionProof.OfClient(Samples.ClusterKey, default, ones, twos).ToString());
        Assert.AreEqual("83e3c4fa3320a5cc0032d2834f96ef7e72b02b25f85b656eac116cb02951f4da", ConnectionProof.OfAgent(Samples.ClusterKey, default, ones, twos).ToString());
    }

    [TestMethod]
    public void Two_nonces_are_never_the_same() => Assert.AreNotEqual(ConnectionProof.NewNonce(), ConnectionProof.NewNonce());

    [TestMethod]
    [DataRow("agent", "agent")]
    [DataRow("", "")]
    public void A_short_name_is_kept(string name, string kept) => Assert.AreEqual(kept, Clamp.Name(name));

    [TestMethod]
    public void A_long_name_is_cut_between_characters()
    {
        string cut = Clamp.Name("a" + string.Concat(Enumerable.Repeat("ü", 100)));

        Assert.AreEqual("a" + string.Concat(Enumerable.Repeat("ü", 31)), cut);
    }
}
