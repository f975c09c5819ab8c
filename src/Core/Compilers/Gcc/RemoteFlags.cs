namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The words an agent accepts after <c>-f</c>: those of gcc 12 and clang 19 (<c>--help=optimizers,common,c,c++</c>; <c>--help-hidden</c>) that shape
/// code, language or diagnostics and neither read nor write a file nor run a program.
/// </summary>
internal static class RemoteFlags
{
    /// <summary>Alone and with <c>no-</c>.</summary>
    public static readonly HashSet<string> Switches = Words("""
        PIC PIE aapcs-bitfield-load aapcs-bitfield-width abi-version access-control addrsig aggressive-loop-optimizations align-functions align-jumps
        align-labels align-loops aligned-allocation aligned-new allocation-dce allow-parameterless-variadic-functions allow-store-data-races
        ansi-escape-codes approx-func asm associative-math assume-nothrow-exception-dtor assume-sane-operator-new assume-unique-vtables assumptions
        async-exceptions asynchronous-unwind-tables auto-inc-dec autolink basic-block-address-map bit-tests branch-count-reg branch-target-load-optimize
        branch-target-load-optimize2 btr-bb-exclusive builtin c++-static-destructors caller-saves cf-protection char8_t check-data-deps check-new
        caret-diagnostics code-hoisting color-diagnostics combine-stack-adjustments common compare-elim complete-member-pointers concepts concepts-ts cond-mismatch
        conserve-stack constexpr-fp-except convergent-functions coro-aligned-allocation coroutines cprop-registers crossjumping cse-follow-jumps
        cse-skip-blocks cx-fortran-rules cx-limited-range cxx-exceptions data-sections dce debug-ranges-base-address debug-types-section declone-ctor-dtor
        declspec deduce-init-list defer-pop delayed-branch delayed-template-parsing delete-dead-exceptions delete-null-pointer-checks devirtualize
        devirtualize-at-ltrans devirtualize-speculatively diagnostics-color diagnostics-fixit-info diagnostics-parseable-fixits diagnostics-plain-output
        diagnostics-print-source-range-info diagnostics-show-caret diagnostics-show-cwe diagnostics-show-labels diagnostics-show-line-numbers
        diagnostics-show-note-include-stack diagnostics-show-option diagnostics-show-path-depths diagnostics-show-template-tree digraphs
        direct-access-external-data discard-value-names dollars-in-identifiers dse dwarf-exceptions dwarf2-cfi-asm early-inlining elide-constructors
        elide-type eliminate-unused-debug-symbols eliminate-unused-debug-types emit-all-decls emit-class-debug-always emit-struct-debug-baseonly
        emit-struct-debug-reduced emulated-tls enable-matrix enforce-eh-specs enum-int-equiv exceptions expensive-optimizations ext-numeric-literals
        extended-identifiers extern-tls-init fast-math file-reproducible fine-grained-bitfield-accesses finite-loops finite-math-only float-store
        fold-simple-inlines for-scope force-dwarf-frame force-emit-vtables forward-propagate fp-int-builtin-inexact freestanding function-cse
        function-sections gcse gcse-after-reload gcse-las gcse-lm gcse-sm global-isel gnu-inline-asm gnu-keywords gnu-tm gnu-unique gnu89-inline graphite
        graphite-identity guess-branch-probability harden-compares harden-conditional-branches hoist-adjacent-loads honor-infinities honor-nans hosted
        ident if-conversion if-conversion2 ignore-exceptions implement-inlines implicit-constexpr implicit-inline-templates implicit-templates
        indirect-inlining inhibit-size-directive inline inline-atomics inline-functions inline-functions-called-once inline-hint-functions
        inline-small-functions instrument-function-entry-bare instrument-functions instrument-functions-after-inlining ipa-bit-cp ipa-cp ipa-cp-alignment
        ipa-cp-clone ipa-icf ipa-icf-functions ipa-icf-variables ipa-matrix-reorg ipa-modref ipa-profile ipa-pta ipa-pure-const ipa-ra ipa-reference
        ipa-reference-addressable ipa-sra ipa-stack-alignment ipa-strict-aliasing ipa-struct-reorg ipa-vrp ira-hoist-pressure ira-loop-pressure
        ira-share-save-slots ira-share-spill-slots isolate-erroneous-paths-attribute isolate-erroneous-paths-dereference ivopts jmc jump-tables
        keep-gc-roots-live keep-inline-functions keep-persistent-storage-variables keep-static-consts keep-static-functions knr-functions
        lax-vector-conversions leading-underscore lifetime-dse limit-function-alignment live-patching live-range-shrinkage loop-block loop-flatten
        loop-interchange loop-nest-optimize loop-optimize loop-parallelize-all loop-strip-mine loop-unroll-and-jam lra-remat math-errno
        merge-all-constants merge-constants merge-debug-strings move-loop-invariants move-loop-stores ms-compatibility ms-extensions ms-hotpatch
        ms-volatile new-infallible new-inheriting-ctors new-ttp-matching non-call-exceptions nonansi-builtins nothrow-opt omit-frame-pointer openmp
        openmp-assume-no-nested-parallelism openmp-assume-no-thread-state openmp-enable-irbuilder openmp-extensions openmp-force-usm openmp-simd
        operator-names optimize-register-move optimize-sibling-calls optimize-strlen pack-struct partial-inlining pcc-struct-return peel-loops peephole
        peephole2 permissive pic pie plan9-extensions plt predictive-commoning prefetch-loop-arrays preserve-as-comments pretty-templates
        printf-return-value protect-parens raw-string-literals reciprocal-math ree reg-struct-return register-global-dtors-with-atexit regmove
        relaxed-template-template-args rename-registers reorder-blocks reorder-blocks-and-partition reorder-functions rerun-cse-after-loop rerun-loop-opt
        reschedule-modulo-scheduled-loops rounding-math rtti rtti-data sanitize-address-globals-dead-stripping sanitize-address-outline-instrumentation
        sanitize-address-poison-custom-array-cookie sanitize-address-use-after-scope sanitize-address-use-odr-indicator sanitize-cfi-canonical-jump-tables
        sanitize-cfi-cross-dso sanitize-cfi-icall-experimental-normalize-integers sanitize-cfi-icall-generalize-pointers
        sanitize-hwaddress-experimental-aliasing sanitize-memory-param-retval sanitize-memory-track-origins sanitize-memory-use-after-dtor
        sanitize-recover sanitize-stable-abi sanitize-thread-atomics sanitize-thread-func-entry-exit sanitize-thread-memory-access sanitize-trap
        sanitize-undefined-trap-on-error sched-critical-path-heuristic sched-dep-count-heuristic sched-group-heuristic sched-interblock
        sched-last-insn-heuristic sched-pressure sched-rank-heuristic sched-spec sched-spec-insn-heuristic sched-spec-load sched-spec-load-dangerous
        sched-stalled-insns sched-stalled-insns-dep sched2-use-superblocks sched2-use-traces schedule-fusion schedule-insns schedule-insns2
        section-anchors seh-exceptions sel-sched-pipelining sel-sched-pipelining-outer-loops sel-sched-reschedule-pipelined selective-scheduling
        selective-scheduling2 semantic-interposition separate-named-sections short-enums short-wchar show-column show-source-location shrink-wrap
        shrink-wrap-separate signaling-nans signed-bitfields signed-char signed-zeros single-precision-constant sized-deallocation sjlj-exceptions
        slp-vectorize spell-checking split-ivs-in-unroller split-loops split-machine-functions split-paths split-stack split-wide-types
        split-wide-types-early ssa-backprop ssa-phiopt stack-check stack-clash-protection stack-limit stack-protector stack-protector-all
        stack-protector-explicit stack-protector-strong stack-size-section standalone-debug stdarg-opt store-merging strength-reduce strict-aliasing
        strict-enums strict-float-cast-overflow strict-overflow strict-return strict-volatile-bitfields strict-vtable-pointers strong-eval-order
        sync-libcalls thread-jumps threadsafe-statics toplevel-reorder tracer track-macro-expansion trampolines trapping-math trapv tree-bit-ccp
        tree-builtin-call-dce tree-ccp tree-ch tree-coalesce-inlined-vars tree-coalesce-vars tree-copy-prop tree-copyrename tree-cselim tree-dce
        tree-dominator-opts tree-dse tree-forwprop tree-fre tree-loop-distribute-patterns tree-loop-distribution tree-loop-if-convert
        tree-loop-if-convert-stores tree-loop-im tree-loop-ivcanon tree-loop-linear tree-loop-optimize tree-loop-vectorize tree-lrs tree-partial-pre
        tree-phiprop tree-pre tree-pta tree-reassoc tree-salias tree-scev-cprop tree-sink tree-slp-vectorize tree-slsr tree-sra tree-store-ccp
        tree-store-copy-prop tree-switch-conversion tree-tail-merge tree-ter tree-vect-loop-version tree-vectorize tree-vrp trigraphs
        unconstrained-commons unique-basic-block-section-names unique-internal-linkage-names unique-section-names unit-at-a-time unroll-all-loops
        unroll-completely-grow-size unroll-loops unsafe-loop-optimizations unsafe-math-optimizations unsigned-bitfields unsigned-char unswitch-loops
        unwind-tables use-cxa-atexit use-cxa-get-exception-ptr use-init-array var-tracking var-tracking-assignments var-tracking-assignments-toggle
        var-tracking-uninit variable-expansion-in-unroller vect-cost-model vectorize verbose-asm virtual-function-elimination
        visibility-from-dllstorageclass visibility-global-new-delete-hidden visibility-inlines-hidden visibility-inlines-hidden-static-local-var
        visibility-ms-compat wasm-exceptions weak web wrapv wrapv-pointer writable-strings zero-initialized-in-bss
        """);

    /// <summary>With a value of letters, digits and plain punctuation.</summary>
    public static readonly HashSet<string> Valued = Words("""
        abi-compat-version abi-version align-functions align-jumps align-labels align-loops aligned-new bracket-depth cf-protection clang-abi-compat
        constexpr-backtrace-limit constexpr-cache-depth constexpr-depth constexpr-loop-limit constexpr-ops-limit constexpr-steps concepts-diagnostics-depth
        diagnostics-color diagnostics-column-origin diagnostics-column-unit diagnostics-show-location diagnostics-urls emit-struct-debug-detailed error-limit
        excess-precision exec-charset fp-contract fp-eval-method fp-exception-behavior fp-model harden-control-flow-redundancy inline-limit ira-algorithm
        ira-region lax-vector-conversions lifetime-dse live-patching macro-backtrace-limit max-errors max-type-align message-length ms-compatibility-version
        msc-version new-alignment openmp openmp-version operator-arrow-depth pack-struct patchable-function-entry permitted-flt-eval-methods
        reorder-blocks-algorithm sanitize sanitize-address-destructor sanitize-address-field-padding sanitize-address-use-after-return sanitize-coverage
        sanitize-memory-track-origins sanitize-recover sanitize-trap sanitize-undefined-strip-path-components sched-stalled-insns sched-stalled-insns-dep
        show-overloads simd-cost-model spell-checking-limit sso-struct stack-check stack-reuse strict-flex-arrays strong-eval-order tabstop
        template-backtrace-limit template-depth tls-model track-macro-expansion trap-function tree-parallelize-loops trivial-auto-var-init vect-cost-model
        veclib visibility wide-exec-charset zero-call-used-regs
        """);

    private static HashSet<string> Words(string text) => new(text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
