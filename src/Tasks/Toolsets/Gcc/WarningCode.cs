namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Numbers of MSVC's warnings and the names gcc and clang have for the same complaint.</summary>
/// <param name="Languages">Where gcc knows the names; in the other language it would complain of them.</param>
internal sealed record WarningCode(IReadOnlyList<string> Numbers, IReadOnlyList<string> Gcc, IReadOnlyList<string> Clang, SourceLanguages Languages)
{
    public static IReadOnlyList<WarningCode> Table { get; } =
    [
        Both("4010", "comment"),
        Both("4018 4388 4389", "sign-compare"),
        Both("4061 4062", "switch", "switch-enum"),
        Both("4067", "endif-labels"),
        Both("4068", "unknown-pragmas"),
        Both("4100", "unused-parameter"),
        Both("4101 4189", "unused-variable", "unused-but-set-variable"),
        Both("4102", "unused-label"),
        Both("4127", "tautological-compare"),
        Both("4130", "address"),
        Both("4172", "return-local-addr"),
        Both("4180", "ignored-qualifiers"),
        Both("4200 4201 4204 4206 4214 4221 4054 4055 4152", "pedantic"),
        Both("4242 4244 4254 4267", "conversion"),
        Both("4245 4365", "sign-conversion"),
        Both("4293", "shift-count-overflow", "shift-count-negative"),
        Both("4296", "type-limits"),
        Both("4305", "float-conversion"),
        Both("4306 4312", "int-to-pointer-cast"),
        Both("4307 4309 4310 4756", "overflow"),
        Both("4313 4473 4474 4475 4476 4477", "format"),
        Both("4324 4820", "padded"),
        Both("4390", "empty-body"),
        Both("4456 4457 4458 4459", "shadow"),
        Both("4505", "unused-function"),
        Both("4551 4552 4553 4555", "unused-value"),
        Both("4554 4706", "parentheses"),
        Both("4668", "undef"),
        Both("4700", "uninitialized"),
        Both("4702", "unreachable-code"),
        Both("4710", "inline"),
        Both("4715 4716", "return-type"),
        Both("4717", "infinite-recursion"),
        Both("4723", "div-by-zero"),
        Both("4789", "array-bounds"),
        Both("4804", "bool-operation"),
        Both("4834 4858", "unused-result"),
        Both("4996", "deprecated-declarations"),
        Both("5030", "attributes"),
        Both("5105", "expansion-to-defined"),
        new(["4701", "4703"], ["maybe-uninitialized"], ["sometimes-uninitialized", "conditional-uninitialized"], SourceLanguages.Both),
        new(["4005"], [], ["macro-redefined"], SourceLanguages.Both),
        new(["4090"], ["discarded-qualifiers"], ["incompatible-pointer-types-discards-qualifiers"], SourceLanguages.C),
        Only(SourceLanguages.C, "4013", "implicit-function-declaration"),
        Only(SourceLanguages.C, "4024 4047", "int-conversion"),
        Only(SourceLanguages.C, "4133", "incompatible-pointer-types"),
        Only(SourceLanguages.C, "4302 4311", "pointer-to-int-cast"),
        Only(SourceLanguages.C, "4431", "implicit-int"),
        Only(SourceLanguages.Cxx, "4099", "mismatched-tags"),
        Only(SourceLanguages.Cxx, "4263 4264 4266", "overloaded-virtual"),
        Only(SourceLanguages.Cxx, "4265 5204", "non-virtual-dtor"),
        new(["4297"], ["terminate"], ["exceptions"], SourceLanguages.Cxx),
        Only(SourceLanguages.Cxx, "4838", "narrowing"),
        Only(SourceLanguages.Cxx, "4930", "vexing-parse"),
        Only(SourceLanguages.Cxx, "5038", "reorder"),
        Only(SourceLanguages.Cxx, "5054 5055", "deprecated-enum-enum-conversion", "deprecated-enum-float-conversion"),
    ];

    private static WarningCode Both(string numbers, params string[] names) => Only(SourceLanguages.Both, numbers, names);

    private static WarningCode Only(SourceLanguages languages, string numbers, params string[] names) => new(numbers.Split(' '), names, names, languages);
}
