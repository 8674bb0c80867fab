// An OpenCL driver with one device that goes wrong in one place: -DBREAKS_AT=SEARCH when it is asked
// for its platforms, SELF_TEST when the device is to be used; -DHOW=CRASH or HANG. Needs no headers
// of OpenCL: the dispatch table is an array of functions in the order of the ICD specification.

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEARCH 1
#define SELF_TEST 2
#define CRASH 1
#define HANG 2

#define FUNCTIONS 160

static void *dispatch[FUNCTIONS];

// Every object of a driver begins with its dispatch table.
static struct {
  void **dispatch;
} platform = {dispatch}, device = {dispatch};

static int breakDown(void) {
#if HOW == CRASH
  abort();
#else
  for (;;) {
    pause();
  }
#endif
}

static int answer(const void *value, size_t size, size_t room, void *to, size_t *sizeAnswered) {
  if (sizeAnswered) {
    *sizeAnswered = size;
  }
  if (to) {
    memcpy(to, value, size < room ? size : room);
  }
  return 0;
}

static int getPlatformInfo(void *of, unsigned name, size_t room, void *to, size_t *size) {
  const char *text = name == 0x0900   ? "FULL_PROFILE"
                     : name == 0x0901 ? "OpenCL 1.2 broken"
                     : name == 0x0904 ? "cl_khr_icd"
                     : name == 0x0920 ? "BROKEN"
                                      : "Broken platform";
  return answer(text, strlen(text) + 1, room, to, size);
}

static int getDevices(void *of, unsigned long type, unsigned room, void **to, unsigned *count) {
  if (count) {
    *count = 1;
  }
  if (to && room) {
    to[0] = &device;
  }
  return 0;
}

static int getDeviceInfo(void *of, unsigned name, size_t room, void *to, size_t *size) {
  if ((name >= 0x102b && name <= 0x1030) || name == 0x103d) {
    const char *text = name == 0x102b   ? "Broken device"
                       : name == 0x102f ? "OpenCL 1.2 broken"
                       : name == 0x103d ? "OpenCL C 1.2 "
                                        : "broken";
    return answer(text, strlen(text) + 1, room, to, size);
  }
  // A GPU with 64-bit addresses and 1 GiB; true for what is asked.
  unsigned long long number = name == 0x1000                       ? 4
                              : name == 0x100d                     ? 64
                              : name == 0x101f || name == 0x1010   ? 1ull << 30
                              : name == 0x1032                     ? 0
                              : name == 0x1004 || name == 0x1019   ? 1024
                                                                   : 1;
  return answer(&number, sizeof number, room, to, size);
}

static int getPlatforms(unsigned room, void **to, unsigned *count) {
#if BREAKS_AT == SEARCH
  return breakDown();
#endif
  for (int i = 0; i < FUNCTIONS; i++) {
    dispatch[i] = (void *)breakDown;
  }
  dispatch[0] = (void *)getPlatforms;
  dispatch[1] = (void *)getPlatformInfo;
  dispatch[2] = (void *)getDevices;
  dispatch[3] = (void *)getDeviceInfo;
  if (count) {
    *count = 1;
  }
  if (to && room) {
    to[0] = &platform;
  }
  return 0;
}

void *clGetExtensionFunctionAddress(const char *name) {
  return strcmp(name, "clIcdGetPlatformIDsKHR") == 0 ? (void *)getPlatforms
         : strcmp(name, "clGetPlatformInfo") == 0    ? (void *)getPlatformInfo
                                                     : NULL;
}
