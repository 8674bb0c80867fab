// An OpenCL driver with one device that goes wrong in one place. -DBREAKS_AT=SEARCH when it is asked for its platforms,
// SELF_TEST when the device is to be used; -DHOW=CRASH or HANG. Or -DVICE=... or -DMISDEED=..., one of those below. Needs no
// headers of OpenCL: the dispatch table is an array of functions in the order of the ICD specification.

#include <signal.h>
#include <stdio.h>
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

// It has a thousand devices. The first use of any crashes.
#define THOUSAND_CRASH 14
// Its own name is too long, or steers a terminal and forges an answer of a child process.
#define PLATFORM_NAME_OF_10_MB 15
#define PLATFORM_NAME_STEERS 16

#ifndef VICE
#define VICE 0
#endif

// What it does when it is loaded, when it is asked for its platforms, when its device is used, or when the process ends.
#define LOAD_CRASH 101
#define LOAD_EXIT 102
#define LOAD_QUIT 103
#define LOAD_HANG 104
#define LOAD_SPIN 105
#define LOAD_STOP 106
#define LOAD_KILL 107
#define LOAD_PRINT_LINES 108
#define LOAD_PRINT_NO_LINES 109
#define LOAD_PRINT_EMPTY_LINES 110
#define LOAD_FORGE_FOUND 111
#define LOAD_FORGE_RUBBISH 112
#define LOAD_SPAWN_PRINTER 113
#define LOAD_SPAWN_AND_HANG 114
#define LOAD_CLOSE_OUTPUT 115
#define LOAD_CLOSE_ALL 116
#define SEARCH_EXIT 201
#define USE_EXIT 301
#define USE_HANG 302
#define USE_PRINT 303
#define END_HANG 401
#define END_CRASH 402
#define END_QUIT 403

#ifndef MISDEED
#define MISDEED 0
#endif

#define FUNCTIONS 160
#define MANY 1000
#define LONG_NAME (10 << 20)

static void *dispatch[FUNCTIONS];

// Every object of a driver begins with its dispatch table.
static struct {
  void **dispatch;
} platform = {dispatch}, device = {dispatch}, many[MANY];

static void hang(void) {
  for (;;) {
    pause();
  }
}

static void printForEver(const char *text, size_t size) {
  while (write(1, text, size) > 0) {
  }
  hang();
}

static void quit(void) { _exit(77); }

// Starts a process that no signal but SIGKILL ends, and that belongs to no terminal.
static int spawned(void) {
  if (fork()) {
    return 0;
  }
  setsid();
  signal(SIGTERM, SIG_IGN);
  return 1;
}

static char rubbish[1 << 16];

__attribute__((constructor)) static void load(void) {
  switch (MISDEED) {
  case LOAD_CRASH:
    *(volatile int *)0 = 1;
  case LOAD_EXIT:
    exit(0);
  case LOAD_QUIT:
    quit();
  case LOAD_HANG:
    signal(SIGTERM, SIG_IGN);
    hang();
  case LOAD_SPIN:
    for (;;) {
    }
  case LOAD_STOP:
    raise(SIGSTOP);
    hang();
  case LOAD_KILL:
    raise(SIGKILL);
  case LOAD_PRINT_LINES:
    printForEver("\033[2Jchatter\n", 12);
  case LOAD_PRINT_NO_LINES:
    memset(rubbish, 'x', sizeof rubbish);
    printForEver(rubbish, sizeof rubbish);
  case LOAD_PRINT_EMPTY_LINES:
    memset(rubbish, '\n', sizeof rubbish);
    printForEver(rubbish, sizeof rubbish);
  case LOAD_FORGE_FOUND:
    puts("stops-probe devices {\"devices\":[],\"problems\":[],\"loaded\":true}");
    fflush(stdout);
    break;
  case LOAD_FORGE_RUBBISH:
    puts("stops-probe devices [[[\nstops-probe devices null\nstops-probe devices {}\nstops-probe ");
    fflush(stdout);
    break;
  case LOAD_SPAWN_PRINTER:
    if (spawned()) {
      printForEver("chatter\n", 8);
    }
    break;
  case LOAD_SPAWN_AND_HANG:
    if (spawned()) {
      hang();
    }
    hang();
  case LOAD_CLOSE_ALL:
    close(0);
    close(2);
  case LOAD_CLOSE_OUTPUT:
    close(1);
    break;
  case END_HANG:
    atexit(hang);
    break;
  case END_CRASH:
    atexit(abort);
    break;
  case END_QUIT:
    atexit(quit);
    break;
  }
}

static int breakDown(void) {
#if VICE
  return -5;
#elif MISDEED
  switch (MISDEED) {
  case USE_EXIT:
    exit(0);
  case USE_HANG:
    hang();
  case USE_PRINT:
    printForEver("\033[2Jchatter\n", 12);
  }
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
                                      : VICE == PLATFORM_NAME_STEERS && name == 0x0902
                                          ? "\033[2JBroken\nstops-probe devices {}\r\n platform"
                                          : "Broken platform";
  if (name == 0x0902 && VICE == PLATFORM_NAME_OF_10_MB) {
    static char name[LONG_NAME];
    memset(name, 'A', LONG_NAME - 1);
    return answer(name, LONG_NAME, room, to, size);
  }
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
  if (VICE == THOUSAND_CRASH) {
    if (count) {
      *count = MANY;
    }
    for (unsigned i = 0; to && i < room && i < MANY; i++) {
      many[i].dispatch = dispatch;
      to[i] = &many[i];
    }
    return 0;
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
  if (VICE == THOUSAND_CRASH) {
    abort();
  }
#if MISDEED
  breakDown();
#endif
  if (status) {
    *status = VICE == CONTEXT_OF_NOTHING ? 0 : -5;
  }
  return VICE == CONTEXT_OF_NOTHING ? NULL : (void *)0xdeadbeef;
}

static int getPlatforms(unsigned room, void **to, unsigned *count) {
#if BREAKS_AT == SEARCH
  return breakDown();
#endif
  if (MISDEED == SEARCH_EXIT) {
    exit(0);
  }
  for (int i = 0; i < FUNCTIONS; i++) {
    dispatch[i] = (void *)breakDown;
  }
  dispatch[0] = (void *)getPlatforms;
  dispatch[1] = (void *)getPlatformInfo;
  dispatch[2] = (void *)getDevices;
  dispatch[3] = (void *)getDeviceInfo;
#if VICE || MISDEED
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
