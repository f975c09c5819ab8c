namespace DistBuild.Core.Compilers.Msvc;

/// <summary>clang with cl's command line.</summary>
internal sealed class ClangClFamily() : UnservedFamily("clang-cl");
