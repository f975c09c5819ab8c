using DistBuild.Tasks.Building;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class LinkerOutputTests
{
    [TestMethod]
    public void GNU_ld_with_debug_information_names_file_and_line()
    {
        IReadOnlyList<LinkerMessage> messages = LinkerOutput.Parse("""
            /usr/bin/ld: m.obj: warning: relocation against `nowhere' in read-only section `.text'
            /usr/bin/ld: m.obj: in function `main':
            /checkout/src/m.cpp:3: undefined reference to `missing(int)'
            /usr/bin/ld: /checkout/src/m.cpp:4: undefined reference to `nowhere'
            /usr/bin/ld: warning: creating DT_TEXTREL in a PIE
            collect2: error: ld returned 1 exit status
            """);

        CollectionAssert.AreEqual(
            (LinkerMessage[])[
                new(IsError: false, "m.obj", 0, "relocation against `nowhere' in read-only section `.text'"),
                new(IsError: true, "/checkout/src/m.cpp", 3, "undefined reference to `missing(int)' in function main"),
                new(IsError: true, "/checkout/src/m.cpp", 4, "undefined reference to `nowhere' in function main"),
                new(IsError: false, null, 0, "creating DT_TEXTREL in a PIE"),
            ],
            messages.ToArray());
    }

    [TestMethod]
    public void GNU_ld_without_debug_information_names_the_file()
    {
        IReadOnlyList<LinkerMessage> messages = LinkerOutput.Parse("""
            /usr/bin/ld: mn.obj: in function `main':
            m.cpp:(.text+0x1a): undefined reference to `missing(int)'
            /usr/bin/ld: mn.obj: in function `S::f()':
            m.cpp:(.text._ZN1S1fEv[_ZN1S1fEv]+0x12): undefined reference to `missing(int)'
            """);

        CollectionAssert.AreEqual(
            (LinkerMessage[])[
                new(IsError: true, "m.cpp", 0, "undefined reference to `missing(int)' in function main"),
                new(IsError: true, "m.cpp", 0, "undefined reference to `missing(int)' in function S::f()"),
            ],
            messages.ToArray());
    }

    [TestMethod]
    public void A_second_definition_says_where_the_first_is()
    {
        LinkerMessage message = Only("""
            /usr/bin/ld: d2.obj: in function `twice()':
            d1.cpp:(.text+0x0): multiple definition of `twice()'; d1.obj:d1.cpp:(.text+0x0): first defined here
            """);

        Assert.AreEqual(new LinkerMessage(IsError: true, "d1.cpp", 0, "multiple definition of `twice()'; d1.obj:d1.cpp:(.text+0x0): first defined here"), message);
    }

    [TestMethod]
    [DataRow("/usr/bin/ld: cannot find -lnope: No such file or directory")]
    [DataRow("/usr/bin/ld: cannot find -lnope")]
    [DataRow("ld.lld: error: unable to find library -lnope")]
    public void A_missing_library_is_named(string printed)
    {
        LinkerMessage message = Only(printed);

        Assert.IsTrue(message.IsError);
        Assert.AreEqual("nope", message.MissingLibrary);
    }

    [TestMethod]
    public void LLD_names_the_place_after_the_complaint()
    {
        IReadOnlyList<LinkerMessage> messages = LinkerOutput.Parse("""
            ld.lld: error: undefined symbol: missing(int)
            >>> referenced by m.cpp:3 (/checkout/src/m.cpp:3)
            >>>               m.obj:(main)
            >>> referenced by m.cpp:2 (/checkout/src/m.cpp:2)
            >>>               m.obj:(S::f())

            ld.lld: error: undefined symbol: nowhere
            >>> referenced by other.cpp
            >>>               m.obj:(main)
            clang++-19: error: linker command failed with exit code 1 (use -v to see invocation)
            """);

        CollectionAssert.AreEqual(
            (LinkerMessage[])[
                new(IsError: true, "/checkout/src/m.cpp", 3, "undefined symbol: missing(int)"),
                new(IsError: true, null, 0, "undefined symbol: nowhere"),
            ],
            messages.ToArray());
    }

    [TestMethod]
    public void Gold_says_error_itself() =>
        Assert.AreEqual(new LinkerMessage(IsError: true, "/checkout/m.cpp", 3, "undefined reference to 'missing(int)'"), Only("/checkout/m.cpp:3: error: undefined reference to 'missing(int)'"));

    [TestMethod]
    public void Code_made_during_the_link_has_no_file()
    {
        LinkerMessage message = Only("""
            /usr/bin/ld: /tmp/ccroqVOh.ltrans0.ltrans.o: in function `main':
            <artificial>:(.text+0x33): undefined reference to `missing(int)'
            """);

        Assert.AreEqual(new LinkerMessage(IsError: true, null, 0, "undefined reference to `missing(int)' in function main"), message);
    }

    [TestMethod]
    public void A_dangerous_function_is_a_warning() =>
        Assert.AreEqual(
            new LinkerMessage(IsError: false, "w.c", 0, "the `gets' function is dangerous and should not be used."),
            Only("/usr/bin/ld: w.obj: in function `main':\nw.c:(.text+0xf): warning: the `gets' function is dangerous and should not be used.\n"));

    [TestMethod]
    public void A_file_that_is_no_object_is_an_error() =>
        Assert.AreEqual("junk.obj:0: syntax error", LinkerOutput.Parse("/usr/bin/ld:junk.obj: file format not recognized; treating as linker script\n/usr/bin/ld:junk.obj:0: syntax error") is [_, { IsError: true } last] ? $"{last.File}:{last.Line}: {last.Text}" : null);

    [TestMethod]
    public void The_same_complaint_is_said_once() =>
        Assert.HasCount(1, LinkerOutput.Parse("m.cpp:(.text+0x1a): undefined reference to `f'\nm.cpp:(.text+0x2a): undefined reference to `f'\n"));

    [TestMethod]
    [DataRow("")]
    [DataRow("just some text\nand more")]
    [DataRow(">>> referenced by nothing.cpp:3")]
    public void Other_text_says_nothing(string printed) => Assert.IsEmpty(LinkerOutput.Parse(printed));

    private static LinkerMessage Only(string printed) => LinkerOutput.Parse(printed).Single();
}
