// A build starts on one core and waits for most of its time. Tests that cut networks, freeze agents or wait for answers within milliseconds have the machine for themselves ([DoNotParallelize]).
[assembly: Parallelize(Workers = 2, Scope = ExecutionScope.ClassLevel)]
