#pragma once

#ifdef NUMERIC_EXPORTS
#define NUMERIC_API __declspec(dllexport)
#else
#define NUMERIC_API __declspec(dllimport)
#endif
