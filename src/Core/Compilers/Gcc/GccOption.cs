namespace DistBuild.Core.Compilers.Gcc;

/// <summary>How an option carries its value.</summary>
internal enum OptionForm
{
    /// <summary><c>-c</c></summary>
    Alone,

    /// <summary><c>-std=c11</c>: the name is a prefix of the argument.</summary>
    Joined,

    /// <summary><c>-Xlinker x</c></summary>
    Separate,

    /// <summary><c>-Ix</c> and <c>-I x</c></summary>
    JoinedOrSeparate,
}

/// <summary>What an option means to a cache.</summary>
internal enum OptionRole
{
    /// <summary>Can change the object or what is printed: hashed as it stands. Also the role of every option that no table knows.</summary>
    Key,

    /// <summary>Decides only what the preprocessed text is.</summary>
    Preprocessor,

    /// <summary>Changes nothing that is kept.</summary>
    Unread,

    /// <summary>Names the output.</summary>
    Object,

    /// <summary><c>-c</c></summary>
    Compile,

    /// <summary><c>-x</c></summary>
    Language,

    /// <summary>Asks for a dependency file or shapes it.</summary>
    Dependencies,

    /// <summary>An input file.</summary>
    Source,

    /// <summary><c>--</c>: only inputs follow.</summary>
    EndOfOptions,

    /// <summary>Only this machine can do it, and the result is not kept.</summary>
    Local,

    /// <summary>No object comes of it: preprocessing only, a question about the compiler.</summary>
    NoObject,
}

/// <param name="Name">With its dashes.</param>
/// <param name="Why">For <see cref="OptionRole.Local"/>, a phrase that completes "not cacheable: ".</param>
internal sealed record GccOption(string Name, OptionForm Form, OptionRole Role, string Why = "")
{
    /// <summary>Whether the argument is this option, with or without a joined value.</summary>
    public bool Matches(string argument) => Form switch
    {
        OptionForm.Alone or OptionForm.Separate => string.Equals(argument, Name, StringComparison.Ordinal),
        _ => argument.StartsWith(Name, StringComparison.Ordinal),
    };

    /// <summary>Whether the value is the next argument.</summary>
    public bool TakesNext(string argument) =>
        Form == OptionForm.Separate || (Form == OptionForm.JoinedOrSeparate && argument.Length == Name.Length);
}
