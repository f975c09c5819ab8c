using DistBuild.Core.Units;
using DistBuild.Tasks.Compiling;
using DistBuild.Tasks.Tests.Toolsets;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Compiling;

/// <summary>What is taken and what stays with the project's own compile step.</summary>
[TestClass]
public sealed class UnitSelectionTests : IDisposable
{
    private const string ClangCl = "clang-cl-19 /c", Cl = "cl /c", Maker = ClangCl + " /Ycpch.h /Fpapp.pch", User = ClangCl + " /Yupch.h /Fpapp.pch";

    private static readonly SelectionRules VisualStudio = new(Judges: true, LeavesAnything: true, EmbedsDebugInformation: false);

    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    [DataRow("/clr", "managed")]
    [DataRow("/ZW", "managed")]
    [DataRow("/Gm", "database")]
    [DataRow("/ZI", "edit and continue")]
    [DataRow("/FRx.sbr", "more files")]
    [DataRow("/FAcs", "more files")]
    [DataRow("/Fax.asm", "more files")]
    [DataRow("/docx.xml", "more files")]
    [DataRow("/analyze", "analysis")]
    [DataRow("/analyze:plugin x.dll", "analysis")]
    [DataRow("/experimental:module", "modules")]
    [DataRow("/interface", "modules")]
    [DataRow("/P", "preprocesses")]
    [DataRow("/Yc", "precompiled header")]
    [DataRow("/Yu", "precompiled header")]
    [DataRow("@no.rsp", "cannot be read")]
    public void What_cannot_be_cached_is_left_with_its_reason_and_its_neighbours_are_taken(string option, string why)
    {
        UnitSelection selection = Select(VisualStudio, ("a.cpp", ClangCl), ("b.cpp", $"{ClangCl} {option}"), ("c.cpp", ClangCl));

        Assert.AreEqual("a.cpp c.cpp", Taken(selection));
        Assert.Contains(why, selection.Left.Single().Reason);
        Assert.AreEqual((UnitOutcome.LeftToProject, "b.cpp"), (selection.Left.Single().Result.Outcome, selection.Left.Single().Result.Unit.Name));
    }

    [TestMethod]
    [DataRow("/Gm-")]
    [DataRow("/analyze-")]
    [DataRow("/Z7")]
    [DataRow("/Zi /Fdshared.pdb")]
    [DataRow("/MP")]
    [DataRow("/Y- /Yupch.h")]
    public void What_can_be_cached_is_taken(string options) =>
        Assert.AreEqual("a.cpp", Taken(Select(VisualStudio, ("a.cpp", $"{ClangCl} {options}"))));

    [TestMethod]
    public void Where_nobody_else_compiles_nothing_is_left_but_what_has_no_command()
    {
        UnitSelection selection = Select(VisualStudio with { LeavesAnything = false }, ("a.cpp", ClangCl + " /clr"), ("pch.cpp", Maker), ("b.cpp", User), ("m.ixx", ClangCl), ("none.cpp", ""));

        Assert.AreEqual("a.cpp pch.cpp b.cpp m.ixx", Taken(selection));
        Assert.AreEqual("no line", selection.Left.Single().Reason);
        CollectionAssert.AreEqual((string[])["a note"], selection.Notes.ToArray());
    }

    [TestMethod]
    public void Commands_that_are_not_judged_are_taken_as_they_are() =>
        Assert.AreEqual("a.cpp b.cpp", Taken(Select(VisualStudio with { Judges = false }, ("a.cpp", ClangCl + " /clr"), ("b.cpp", "g++ -fplugin=x -c"))));

    [TestMethod]
    public void A_program_that_is_no_known_compiler_is_left() =>
        Assert.Contains("no compiler that is known", Select(VisualStudio, ("a.cpp", "icl /c")).Left.Single().Reason);

    [TestMethod]
    public void A_maker_of_a_precompiled_header_is_taken_with_its_users_and_says_what_it_writes()
    {
        UnitSelection selection = Select(VisualStudio, ("a.cpp", User), ("pch.cpp", Maker), ("b.cpp", User));
        SelectedUnit maker = selection.Taken.Single(unit => unit.MakesPrecompiledHeader);

        Assert.AreEqual("a.cpp pch.cpp b.cpp", Taken(selection));
        Assert.AreEqual("pch.cpp", maker.Unit.Name);
        Assert.AreEqual(_checkout["app.pch"], maker.Unit.OtherOutputs.Single());
    }

    [TestMethod]
    public void Once_it_is_made_users_are_judged_again_and_if_it_was_not_they_are_left()
    {
        UnitSelection made = Select(VisualStudio, ("pch.cpp", Maker), ("a.cpp", User)), unmade = Select(VisualStudio, ("pch.cpp", Maker), ("a.cpp", User));
        unmade.JudgeUsers();
        _checkout.Add("app.pch", "made");
        made.JudgeUsers();

        Assert.AreEqual("pch.cpp a.cpp", Taken(made));
        Assert.IsInstanceOfType<CommandVerdict.Cacheable>(made.Taken[1].Verdict);
        Assert.AreEqual("pch.cpp", Taken(unmade));
        Assert.Contains("cannot be read", unmade.Left.Single().Reason);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Users_of_a_header_that_the_stock_compiler_makes_are_left_also_when_an_old_one_is_there(bool old)
    {
        if (old)
        {
            _checkout.Add("app.pch", "of the last build");
        }

        UnitSelection selection = Select(
            VisualStudio,
            Item("a.cpp", User, "Use"), Item("pch.cpp", Maker + " /clr", "Create"), Item("plain.cpp", ClangCl, "NotUsing"));

        Assert.AreEqual("plain.cpp", Taken(selection));
        Assert.Contains("app.pch is made by the project's own compiler", selection.Left.Single(left => left.Item.ItemSpec == "a.cpp").Reason);
    }

    [TestMethod]
    public void A_maker_without_a_user_that_is_taken_is_left()
    {
        UnitSelection selection = Select(VisualStudio, Item("pch.cpp", Maker, "Create"), Item("a.cpp", User + " /clr", "Use"), Item("b.cpp", ClangCl, "NotUsing"));

        Assert.AreEqual("b.cpp", Taken(selection));
        Assert.HasCount(2, selection.Left);
    }

    [TestMethod]
    public void One_selected_user_is_taken_if_its_header_is_there_and_left_if_not()
    {
        Assert.Contains("nothing here makes it", Select(VisualStudio, Item("a.cpp", User, "Use")).Left.Single().Reason);
        _checkout.Add("app.pch", "made earlier");
        Assert.AreEqual("a.cpp", Taken(Select(VisualStudio, Item("a.cpp", User, "Use"))));
    }

    [TestMethod]
    public void Of_a_source_that_stands_there_twice_both_are_left_when_one_is() =>
        Assert.AreEqual("b.cpp", Taken(Select(VisualStudio, ("a.cpp", ClangCl), ("b.cpp", ClangCl), ("A.cpp", ClangCl + " /clr"))));

    [TestMethod]
    [DataRow("CompileAs", "CompileAsCppModule")]
    [DataRow("CompileAs", "CompileAsHeaderUnit")]
    [DataRow("ScanSourceForModuleDependencies", "true")]
    [DataRow("AdditionalModuleDependencies", "std=x.ifc")]
    [DataRow("BuildStlModules", "true")]
    public void A_project_with_modules_keeps_its_Cpp_and_gives_its_C(string metadata, string value)
    {
        TaskItem module = Item("m.cpp", ClangCl, "");
        module.SetMetadata(metadata, value);
        TaskItem c = Item("c.txt", ClangCl + " /TC", "");
        c.SetMetadata("CompileAs", "CompileAsC");

        UnitSelection selection = Select(VisualStudio, Item("a.cpp", ClangCl, ""), module, Item("b.c", ClangCl, ""), c);

        Assert.AreEqual("b.c c.txt", Taken(selection));
        Assert.IsTrue(selection.Left.TrueForAll(left => left.Reason.Contains("m.cpp", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Debug_information_in_a_database_is_counted_where_it_is_the_reason()
    {
        UnitSelection selection = Select(VisualStudio, ("a.cpp", Cl + " /Zi"), ("b.cpp", Cl + " /ZI"), ("c.cpp", Cl + " /clr /Zi"), ("d.cpp", Cl + " /Z7"));

        CollectionAssert.AreEqual(
            (DebugStorage[])[DebugStorage.Database, DebugStorage.EditAndContinue, DebugStorage.Object, DebugStorage.Object], selection.Left.Select(left => left.Debug).ToArray());
    }

    [TestMethod]
    [DataRow(true, true, "b.cpp", "a.cpp")]
    [DataRow(false, true, "a.cpp b.cpp", "")]
    [DataRow(true, false, "a.cpp b.cpp", "")]
    public void A_source_that_is_compiled_within_another_is_left_to_who_makes_that(bool unity, bool leaves, string taken, string left)
    {
        TaskItem within = Item("a.cpp", ClangCl, ""), alone = Item("b.cpp", ClangCl, "");
        within.SetMetadata("IncludeInUnityFile", "True");
        alone.SetMetadata("IncludeInUnityFile", "false");

        UnitSelection selection = Select(VisualStudio with { HasUnityFiles = unity, LeavesAnything = leaves }, within, alone);

        Assert.AreEqual((taken, left), (Taken(selection), string.Join(' ', selection.Left.Select(unit => unit.Result.Unit.Name))));
        Assert.IsTrue(selection.Left.TrueForAll(unit => unit.Reason == "it is compiled as a part of a unity file"));
    }

    [TestMethod]
    public void Embedding_changes_what_is_judged_and_nothing_of_what_is_left()
    {
        UnitSelection selection = Select(VisualStudio with { EmbedsDebugInformation = true }, ("a.cpp", Cl + " /Zi"), ("b.cpp", Cl + " /ZI"));

        Assert.Contains("not found on the PATH", selection.Left[0].Reason, "/Zi is no longer the reason");
        Assert.Contains("/Zi", selection.Left[0].Unit.Command.Arguments, "it is left as the project has it");
        Assert.AreEqual(DebugStorage.EditAndContinue, selection.Left[1].Debug, "Edit and Continue is not embedded");
    }

    [TestMethod]
    public void Users_of_one_header_have_their_debug_information_in_one_place_or_are_all_left()
    {
        TaskItem refused = Item("b.cpp", "", "Use"), other = Item("c.cpp", "", "Use");
        refused.SetMetadata("PrecompiledHeaderOutputFile", "app.pch");
        TranslationUnit unit = new("a.cpp", "", "", new CompileCommand("cl", [], _checkout.Root, new Dictionary<string, string>()));
        CommandVerdict verdict = new CommandVerdict.Cacheable("", "", "", [], [], null, false);
        SelectedUnit embedded = new(other, unit, verdict) { Original = unit, PrecompiledHeader = _checkout["app.pch"] };
        ProjectPaths paths = new(_checkout.Root, _checkout.Root);
        LeftUnit left = new(refused, unit, "because");

        Assert.Contains("debug information in one place", new LeftTogether([embedded], [left], paths).Why(embedded)!);
        Assert.IsNull(new LeftTogether([embedded], [], paths).Why(embedded));
        Assert.IsNull(new LeftTogether([embedded with { Original = null }], [left], paths).Why(embedded with { Original = null }));
    }

    private UnitSelection Select(SelectionRules rules, params (string Source, string Line)[] items) => Select(rules, [.. items.Select(item => Item(item.Source, item.Line, ""))]);

    private UnitSelection Select(SelectionRules rules, params ITaskItem[] items) =>
        UnitSelection.Of(items, new LineToolset(_checkout.Root), new ProjectPaths(_checkout.Root, _checkout.Root), rules);

    private static TaskItem Item(string source, string line, string precompiled) => new(source, new Dictionary<string, string>
    {
        ["Line"] = line,
        ["PrecompiledHeader"] = precompiled,
        ["PrecompiledHeaderOutputFile"] = "app.pch",
    });

    private static string Taken(UnitSelection selection) => string.Join(' ', selection.Taken.Select(unit => unit.Unit.Name));
}
