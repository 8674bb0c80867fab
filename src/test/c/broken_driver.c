// An OpenCL driver with one device that goes wrong in one place. -DBREAKS_AT=SEARCH when it is asked for its platforms,
// SELF_TEST when the device is to be used; -DHOW=CRASH or HANG. Or -DVICE=..., one of those below. Needs no headers of
// OpenCL: the dispatch table is an array of functions in the order of the ICD specification.

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SEARCH 1
#define SELF_TEST 2
#define CRASH 1
#define HANG 2

// Where it fails a call, it fills what the call should have answered with rubbish.
#define FILLS_WHAT_FAILS 1
// It knows no device type but those of 32 bits.
#define REFUSES_64_BIT_TYPES 2
// Its extensions stand twice in the list, among blanks and line ends.
#define EXTENSIONS_TWICE 3
// It has other memory each time it is asked.
#define CHANGING_MEMORY 4
// It counts more devices than there can be, or fewer than it lists.
#define COUNTS_4294967295 5
#define COUNTS_2147483648 6
#define LISTS_NULL 7
// Its name is of absurd size, has bytes that steer a terminal, or is empty.
#define NAME_OF_4_EIB 8
#define NAME_STEERS 9
#define NAME_EMPTY 10
// Its numbers are the largest, or 0.
#define LARGEST_NUMBERS 11
#define NUMBERS_0 12
// It succeeds in making a context, but gives none.
#define CONTEXT_OF_NOTHING 13

#ifndef VICE
#define VICE 0
#endif

#define FUNCTIONS 160

static void *dispatch[FUNCTIONS];

// Every object of a driver begins with its dispatch table.
static struct {
  void **dispatch;
} platform = {dispatch}, device = {dispatch};

static int breakDown(void) {
#if VICE
  return -5;
#elif HOW == CRASH
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
  int refused = VICE == REFUSES_64_BIT_TYPES && type >> 32;
  if (refused || VICE == FILLS_WHAT_FAILS) {
    if (count) {
      *count = 0x7ffffff0;
    }
    return -31;
  }
  if (count) {
    *count = VICE == COUNTS_4294967295   ? 0xffffffff
             : VICE == COUNTS_2147483648 ? 0x80000000
                                         : 1;
  }
  if (to && room) {
    to[0] = VICE == LISTS_NULL ? NULL : &device;
  }
  return 0;
}

static int getName(size_t room, void *to, size_t *size) {
  if (VICE == NAME_OF_4_EIB) {
    if (size) {
      *size = 1ull << 62;
    }
    return 0;
  }
  const char *text = VICE == NAME_STEERS  ? "\033]0;title\007\033[2JOdd\r\n \xc2\x9b" "31m\xe2\x80\xae device\xff\n"
                     : VICE == NAME_EMPTY ? ""
                                          : "Broken device";
  return answer(text, strlen(text) + 1, room, to, size);
}

static int getDeviceInfo(void *of, unsigned name, size_t room, void *to, size_t *size) {
  if (name == 0x102b) {
    return getName(room, to, size);
  }
  if (name == 0x1030 && VICE == EXTENSIONS_TWICE) {
    const char *text = " cl_khr_fp64  cl_khr_icd cl_khr_fp64 \n";
    return answer(text, strlen(text) + 1, room, to, size);
  }
  if ((name >= 0x102b && name <= 0x1030) || name == 0x103d) {
    const char *text = name == 0x102f ? "OpenCL 1.2 broken"
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
  if (VICE == LARGEST_NUMBERS && name != 0x1000) {
    number = ~0ull;
  }
  if (VICE == NUMBERS_0 && (name == 0x1002 || name == 0x1004 || name == 0x1010)) {
    number = 0;
  }
  static unsigned long long asked;
  if (VICE == CHANGING_MEMORY && name == 0x101f) {
    number += (++asked + getpid()) << 20;
  }
  return answer(&number, sizeof number, room, to, size);
}

static void *createContext(void *properties, unsigned devices, void *list, void *notify, void *data, int *status) {
  if (status) {
    *status = VICE == CONTEXT_OF_NOTHING ? 0 : -5;
  }
  return VICE == CONTEXT_OF_NOTHING ? NULL : (void *)0xdeadbeef;
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
#if VICE
  dispatch[4] = (void *)createContext;
#endif
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
