using DistBuild.Tasks.Building;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class CommandTextTests
{
    [TestMethod]
    [DataRow("@echo off\r\ncopy a b")]
    [DataRow("setlocal\r\n\"C:\\Program Files\\CMake\\bin\\cmake.exe\" -E echo hi\r\nif %errorlevel% neq 0 goto :cmEnd\r\n:cmEnd")]
    [DataRow("copy /y \"$(TargetPath)\" bin")]
    [DataRow("COPY a.txt b.txt")]
    [DataRow("xcopy /s /i src dst")]
    [DataRow("if not exist out mkdir out")]
    [DataRow("IF EXIST a (\n  echo b\n)")]
    [DataRow("if \"Debug\"==\"Release\" echo no")]
    [DataRow("mkdir out\\gen")]
    [DataRow("..\\tools\\gen x y")]
    [DataRow("cd ..\\..\\masmx64\r\nbld_ml64.bat")]
    [DataRow("call tools/setup.cmd")]
    [DataRow("tool.exe --in x --out y")]
    [DataRow("python gen.py > nul")]
    [DataRow("python gen.py 2>NUL")]
    [DataRow("echo %CD%")]
    [DataRow("for %%i in (a b) do echo %%i")]
    [DataRow("rem nothing to do")]
    [DataRow("del /q old.txt")]
    [DataRow("rd /s /q out")]
    [DataRow("echo a & exit /b 1")]
    [DataRow("nmake -f makefile")]
    [DataRow("set NAME=value")]
    [DataRow("python gen.py ^\r\n  --all")]
    [DataRow("\"%~dp0gen\" x")]
    [DataRow("D:\\tools\\gen")]
    public void Text_for_cmd_is_recognized(string text) => Assert.IsNotNull(CommandText.BatchEvidence(text), text);

    [TestMethod]
    [DataRow("echo done")]
    [DataRow("cp \"$(TargetPath)\" out/")]
    [DataRow("mkdir -p out && touch out/stamp")]
    [DataRow("set -e\nmake -C sub")]
    [DataRow("printf 'a\\nb\\n' > file.txt")]
    [DataRow("sed -e 's/a\\.b/c/' in > out")]
    [DataRow("if [ -e file ]; then rm file; fi")]
    [DataRow("if [ \"$A\" == \"b\" ]; then true; fi")]
    [DataRow("for i in a b; do echo $i; done")]
    [DataRow("date +%Y%m%d > stamp")]
    [DataRow("awk '{print $1}' x > y 2>/dev/null")]
    [DataRow("/checkout/out/Debug/app.exe --selftest")]
    [DataRow("\"/checkout/my out/app.exe\" --selftest")]
    [DataRow("./app.exe")]
    [DataRow("find . -name '*.o' -exec rm {} \\;")]
    [DataRow("echo one \\\ntwo")]
    [DataRow("cat a | tr a-z A-Z")]
    [DataRow("typeset x=1")]
    [DataRow("echo copy that")]
    public void Text_for_sh_is_left_to_sh(string text) => Assert.IsNull(CommandText.BatchEvidence(text));

    [TestMethod]
    public void What_gives_cmd_away_is_quoted() => Assert.AreEqual("%errorlevel%", CommandText.BatchEvidence("true\r\nif %errorlevel% neq 0 false"));

    [TestMethod]
    public void Line_ends_of_Windows_become_those_of_sh() => Assert.AreEqual("a\nb", CommandText.ForShell("\r\na\r\nb\r\n"));
}
