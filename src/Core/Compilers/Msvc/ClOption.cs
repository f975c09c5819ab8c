using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>What a switch of cl's command line means to a cache.</summary>
internal enum ClRole
{
    /// <summary>Can change the object or what is printed: hashed as it stands. Also the role of every switch that no table knows.</summary>
    Key,

    /// <summary>Decides only what the preprocessed text is.</summary>
    Preprocessor,

    /// <summary>Changes nothing that is kept.</summary>
    Unread,

    /// <summary>Changes only what is listed on standard output beside diagnostics.</summary>
    Notes,

    /// <summary>Names the object.</summary>
    Object,

    /// <summary><c>/c</c></summary>
    Compile,

    /// <summary><c>/TC</c> and <c>/TP</c>: rules every source.</summary>
    Language,

    /// <summary>An input file.</summary>
    Source,

    /// <summary><c>--</c>: only inputs follow.</summary>
    EndOfOptions,

    /// <summary>Makes, uses or names a precompiled header.</summary>
    Precompiled,

    /// <summary>An argument of clang's own command line, behind <c>/clang:</c>.</summary>
    Passed,

    /// <summary><c>/link</c>: the rest of the line is the linker's.</summary>
    Linker,

    /// <summary>Only this machine can do it, and the result is not kept.</summary>
    Local,

    /// <summary>No object comes of it: a question about the compiler.</summary>
    NoObject,
}

/// <param name="Name">With a slash, whichever of slash and dash a command uses.</param>
/// <param name="Why">For <see cref="ClRole.Local"/>, a phrase that completes "not cacheable: ".</param>
internal sealed record ClOption(string Name, OptionForm Form, ClRole Role, string Why = "")
{
    /// <summary>Whether the switch, spelled with a slash, is this one, with or without a joined value.</summary>
    public bool Matches(string spelled) => Form switch
    {
        OptionForm.Alone or OptionForm.Separate => string.Equals(spelled, Name, StringComparison.Ordinal),
        _ => spelled.StartsWith(Name, StringComparison.Ordinal),
    };

    /// <summary>Whether the value is the next argument.</summary>
    public bool TakesNext(string spelled) => Form == OptionForm.Separate || (Form == OptionForm.JoinedOrSeparate && spelled.Length == Name.Length);
}
