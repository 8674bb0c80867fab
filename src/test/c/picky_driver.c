// An OpenCL driver whose calls another driver answers, except that it crashes on some. -DREAL="..." names the library of
// the other one. -DCRASHES_ON="..." is a part of the compiler options with which a build crashes; where it is empty, the
// search for platforms does. -DNOT_IN="..." is a part of the command line of processes in which it does not crash; it may
// be empty. -DCONTEXTS="..." names a file to which every context that other processes create adds a letter. Needs no
// headers of OpenCL.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CREATE_CONTEXT 4
#define BUILD_PROGRAM 30

typedef int (*GetPlatforms)(unsigned, void **, unsigned *);
typedef void *(*Create)(void *, unsigned, void *, void *, void *, int *);
typedef int (*Build)(void *, unsigned, void *, const char *, void *, void *);
typedef void *(*GetFunction)(const char *);

static Create realCreate;
static Build realBuild;

static int crashesHere(void) {
  static char line[1 << 16];
  int file = open("/proc/self/cmdline", O_RDONLY);
  ssize_t size = read(file, line, sizeof line);
  close(file);
  return !NOT_IN[0] || size < 0 || !memmem(line, size, NOT_IN, strlen(NOT_IN));
}

static int build(void *program, unsigned devices, void *list, const char *options, void *notify, void *data) {
  if (options && strstr(options, CRASHES_ON) && crashesHere()) {
    abort();
  }
  return realBuild(program, devices, list, options, notify, data);
}

#ifdef CONTEXTS
static void *create(void *properties, unsigned count, void *devices, void *notify, void *data, int *status) {
  if (crashesHere()) {
    int file = open(CONTEXTS, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (write(file, "c", 1) != 1) {
      abort();
    }
    close(file);
  }
  return realCreate(properties, count, devices, notify, data, status);
}
#endif

static void *function(const char *name) {
  static void *library;
  if (!library) {
    library = dlopen(REAL, RTLD_NOW | RTLD_LOCAL);
  }
  GetFunction get = library ? (GetFunction)dlsym(library, "clGetExtensionFunctionAddress") : NULL;
  return get ? get(name) : NULL;
}

static int getPlatforms(unsigned room, void **to, unsigned *count) {
  if (!CRASHES_ON[0] && crashesHere()) {
    abort();
  }
  GetPlatforms real = (GetPlatforms)function("clIcdGetPlatformIDsKHR");
  int status = real(room, to, count);
  if (status == 0 && to && room && !realBuild) {
    void **dispatch = *(void ***)to[0];
    realBuild = (Build)dispatch[BUILD_PROGRAM];
    dispatch[BUILD_PROGRAM] = (void *)build;
#ifdef CONTEXTS
    realCreate = (Create)dispatch[CREATE_CONTEXT];
    dispatch[CREATE_CONTEXT] = (void *)create;
#endif
  }
  return status;
}

void *clGetExtensionFunctionAddress(const char *name) {
  return strcmp(name, "clIcdGetPlatformIDsKHR") == 0 ? (void *)getPlatforms : function(name);
}
