#ifdef plugin_EXPORTS
#define PLUGIN_API __declspec(dllexport)
#else
#define PLUGIN_API __declspec(dllimport)
#endif
extern "C" PLUGIN_API int plugin(void);
