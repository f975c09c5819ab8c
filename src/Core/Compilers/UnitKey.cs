using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

public static class UnitKey
{
    public static Digest Preprocessed(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict, PreprocessPlan plan, byte[] text, byte[] errors) =>
        new KeyBuilder("unit-preprocessed/1").Add("toolchain", toolchain.Digest).AddAll("argument", verdict.KeyArguments).Add("directory", command.WorkingDirectory).Add("text", text).Add("e", errors).Add("j", plan.Job.Language).Build();
}
