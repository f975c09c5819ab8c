std::string forced() { return FORCED; }
