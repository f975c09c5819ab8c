int second() { return unit() + 20; }
