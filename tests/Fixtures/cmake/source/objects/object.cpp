int object() { return 7; }
