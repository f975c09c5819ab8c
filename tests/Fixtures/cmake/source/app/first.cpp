static int unit() { return 1; }
int first() { return unit() + 20; }
