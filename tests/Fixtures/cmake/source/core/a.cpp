// Includes nothing: what it needs comes from the precompiled header, or from cmake_pch.hxx where there is none.
std::string from_a()
{
    std::vector<std::string> words{CORE_NAME, CMAKE_INTDIR};
#ifdef CORE_DEBUG
    words.push_back("debug");
#endif
#ifdef NDEBUG
    words.push_back("ndebug");
#endif
    std::string all;
    for (const std::string &word : words)
    {
        all += (all.empty() ? "" : ", ") + word;
    }
    return all;
}
