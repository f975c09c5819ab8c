std::string two() { return "two"; }
