int chosen() { return 1; }
