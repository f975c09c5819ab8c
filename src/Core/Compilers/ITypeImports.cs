namespace DistBuild.Core.Compilers;

/// <summary>A family whose compilers read files that are no headers where a source says so (<c>#import</c>, <c>#using</c>), and may write some.</summary>
public interface ITypeImports;
