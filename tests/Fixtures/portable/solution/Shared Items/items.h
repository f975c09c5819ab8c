#pragma once
const char *item();
