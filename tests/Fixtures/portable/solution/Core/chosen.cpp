int chosen() { return 2; }
