// Most of the time compilers run, each on one core.
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
