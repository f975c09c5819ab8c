using System.Net;
using DistBuild.Agent.Announcing;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Dns;

namespace DistBuild.Agent.Tests.Announcing;

[TestClass]
public sealed class QueryAnswerTests
{
    private static readonly IPAddress Own = IPAddress.Parse("10.1.2.3"), OtherOwn = IPAddress.Parse("10.1.2.4");
    private static readonly Guid Id = Guid.Parse("0123456789abcdef0123456789abcdef");
    private static readonly AnnouncedService Service = AnnouncedService.Of("build1", 27182, Id, 0);

    [TestMethod]
    public void Who_asks_for_agents_gets_all_that_is_needed_to_reach_one()
    {
        QueryAnswer answer = Ask(DnsType.Pointer, Zeroconf.ServiceType)!;

        Assert.AreEqual(DnsName.Of("build1", "_distbuild", "_tcp", "local"), Service.Instance);
        CollectionAssert.AreEqual(new[] { Service.Pointer }, answer.Message.Answers.ToArray());
        CollectionAssert.AreEquivalent(new[] { DnsType.Service, DnsType.Text, DnsType.Address }, answer.Message.Additionals.Select(record => record.Type).ToArray());
        Assert.AreEqual(27182, answer.Message.Additionals.Single(record => record.Type == DnsType.Service).Port);
        CollectionAssert.AreEqual(Own.GetAddressBytes(), answer.Message.Additionals.Single(record => record.Type == DnsType.Address).Data);
        Assert.IsTrue(answer.IsShared);
        Assert.IsFalse(answer.IsForAsker);
    }

    [TestMethod]
    public void The_type_of_service_is_listed_among_all_types() =>
        CollectionAssert.AreEqual(new[] { Service.Type }, Ask(DnsType.Pointer, Zeroconf.AllTypes)!.Message.Answers.ToArray());

    [TestMethod]
    [DataRow(DnsType.Service, 1)]
    [DataRow(DnsType.Text, 1)]
    [DataRow(DnsType.Any, 2)]
    public void A_name_of_its_own_is_answered_at_once(DnsType type, int records)
    {
        QueryAnswer answer = Ask(type, Service.Instance)!;

        Assert.HasCount(records, answer.Message.Answers);
        Assert.IsFalse(answer.IsShared);
    }

    [TestMethod]
    [DataRow(DnsType.Pointer, "_other._tcp.local")]
    [DataRow(DnsType.Address, "_distbuild._tcp.local")]
    [DataRow(DnsType.Service, "build2._distbuild._tcp.local")]
    public void What_is_not_asked_of_it_is_not_answered(DnsType type, string name) => Assert.IsNull(Ask(type, DnsName.Of(name.Split('.'))));

    [TestMethod]
    public void What_the_asker_knows_is_not_repeated_until_half_of_its_time_is_over()
    {
        uint half = Service.Pointer.Lifetime / 2;

        Assert.IsNull(Ask(DnsType.Pointer, Zeroconf.ServiceType, Service.Pointer with { Lifetime = half }));
        Assert.IsNotNull(Ask(DnsType.Pointer, Zeroconf.ServiceType, Service.Pointer with { Lifetime = half - 1 }));
        Assert.IsNotNull(Ask(DnsType.Pointer, Zeroconf.ServiceType, DnsRecord.Pointer(Zeroconf.ServiceType, 4500, DnsName.Of("another", "local"))));
    }

    [TestMethod]
    public void A_resolver_that_knows_no_multicast_gets_an_answer_of_its_own_kind()
    {
        DnsMessage query = new(4711, IsResponse: false, [new DnsQuestion(Zeroconf.ServiceType, DnsType.Pointer, WantsUnicast: false)], [], [], []);

        QueryAnswer answer = QueryAnswer.To(query, Service, Own, isLegacy: true)!;

        Assert.IsTrue(answer.IsForAsker);
        Assert.AreEqual((ushort)4711, answer.Message.Id);
        Assert.AreEqual(query.Questions.Single(), answer.Message.Questions.Single());
        Assert.IsTrue(answer.Message.Answers.Concat(answer.Message.Additionals).All(record => record is { IsUnique: false, Lifetime: <= 10 }));
    }

    [TestMethod]
    public void An_answer_is_not_answered() =>
        Assert.IsNull(QueryAnswer.To(Service.Announcement(Own), Service, Own, isLegacy: false));

    [TestMethod]
    public void Another_record_under_a_name_of_ours_takes_it_away()
    {
        DnsMessage theirs = Response(DnsRecord.Service(Service.Instance, 120, 1, DnsName.Of("elsewhere", "local")));

        Assert.IsTrue(Service.IsContestedBy(theirs, [Own]));
        Assert.IsFalse(Service.IsContestedBy(Service.Announcement(Own), [Own]), "its own words come back to it");
        Assert.IsFalse(Service.IsContestedBy(Service.Announcement(OtherOwn), [Own, OtherOwn]), "also from its other networks");
        Assert.IsFalse(Service.IsContestedBy(Response(DnsRecord.Service(Service.Instance, 0, 1, DnsName.Of("elsewhere", "local"))), [Own]), "a goodbye");
    }

    [TestMethod]
    public void Of_two_that_try_the_same_name_together_the_later_data_wins()
    {
        AnnouncedService higher = AnnouncedService.Of("build1", 27182, Guid.Parse("ff23456789abcdef0123456789abcdef"), 0);

        Assert.IsTrue(Service.LosesTo(higher.Probe(OtherOwn), [Own]));
        Assert.IsFalse(higher.LosesTo(Service.Probe(OtherOwn), [Own]));
        Assert.IsFalse(Service.LosesTo(Service.Probe(OtherOwn), [Own, OtherOwn]), "its own");
    }

    [TestMethod]
    [DataRow("", 27182, 0, "distbuild")]
    [DataRow("build1", 27200, 0, "build1:27200")]
    [DataRow("build1", 27182, 2, "build1 (3)")]
    [DataRow("a.b", 27182, 0, "a.b")]
    [DataRow("éééééééééééééééééééééééééééééééééé", 1, 9, "éééééééééééééééééééééééééééé:1 (10)")]
    public void A_machine_is_named_so_that_people_know_it(string machine, int port, int attempt, string label) =>
        Assert.AreEqual(label, AnnouncedService.Of(machine, port, Id, attempt).Instance.Labels[0]);

    [TestMethod]
    public void Many_who_ask_within_a_second_hear_one_answer()
    {
        ManualTime time = new();
        MulticastPace pace = new(time);
        DnsMessage answer = Ask(DnsType.Pointer, Zeroconf.ServiceType)!.Message;

        Assert.IsNotNull(pace.Limit(answer));
        Assert.IsNull(pace.Limit(answer));
        Assert.IsNotNull(pace.Limit(Ask(DnsType.Service, Service.Instance)!.Message), "another record");
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsNotNull(pace.Limit(answer));
    }

    private static DnsMessage Response(DnsRecord record) => new(0, IsResponse: true, [], [record], [], []);

    private static QueryAnswer? Ask(DnsType type, DnsName name, params DnsRecord[] known) =>
        QueryAnswer.To(new DnsMessage(0, IsResponse: false, [new DnsQuestion(name, type, WantsUnicast: false)], known, [], []), Service, Own, isLegacy: false);
}
