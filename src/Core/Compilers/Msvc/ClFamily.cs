namespace DistBuild.Core.Compilers.Msvc;

/// <summary>Microsoft's C/C++ compiler.</summary>
internal sealed class ClFamily() : UnservedFamily("cl");
