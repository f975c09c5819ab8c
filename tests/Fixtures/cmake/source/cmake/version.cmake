file(MAKE_DIRECTORY "${FOLDER}")
file(WRITE "${FOLDER}/version.h" "#define ORCHARD_VERSION \"${VERSION}\"\n")
file(WRITE "${FOLDER}/version.cpp" "#include \"version.h\"\nconst char *version() { return ORCHARD_VERSION; }\n")
