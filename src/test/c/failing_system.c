// A system of which one call fails: preloaded, it counts the calls on files below a folder, and the N-th fails, or does
// only a part of what it was asked for. Calls on a descriptor count if open() got it for a file below the folder.
//
//   cc -shared -fPIC -O2 -o libfailing_system.so failing_system.c -ldl
//
// A program sets the folder, N and the error with fail_at, or they come from the environment: FAIL_FOLDER, FAIL_AT,
// FAIL_ERROR; then the file FAIL_TOLD appears when the call has failed. An error of -1 stands for a read or write that moves only half of the bytes.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536
#define HALF (-1)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static long at;
static int error_number;
static long calls;
static char failed[64];
static unsigned char below[MOST_DESCRIPTORS];

void fail_at(const char *new_folder, long new_at, int new_error) {
  pthread_mutex_lock(&lock);
  snprintf(folder, sizeof folder, "%s", new_folder);
  at = new_at;
  error_number = new_error;
  calls = 0;
  failed[0] = 0;
  pthread_mutex_unlock(&lock);
}

// The name of the call that failed; empty if there were fewer calls than N.
const char *failed_call(void) { return failed; }

__attribute__((constructor)) static void from_environment(void) {
  const char *named = getenv("FAIL_FOLDER");
  if (named != NULL) {
    fail_at(named, atol(getenv("FAIL_AT")), atoi(getenv("FAIL_ERROR")));
  }
}

static int is_below(const char *path) {
  size_t length = strlen(folder);
  return length > 0 && path != NULL && strncmp(path, folder, length) == 0;
}

static int is_open(int descriptor) {
  return descriptor >= 0 && descriptor < MOST_DESCRIPTORS && below[descriptor];
}

static void opened(int descriptor, int counts) {
  if (descriptor >= 0 && descriptor < MOST_DESCRIPTORS) {
    below[descriptor] = (unsigned char) counts;
  }
}

// Whether a signal can end the call early. Java takes this answer of any other for a result.
static int can_be_interrupted(const char *name) {
  static const char *const all[] = {"open", "close", "read", "write", "pread", "pwrite", "fsync", "fdatasync", "ftruncate",
                                    "fallocate", "fcntl"};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    if (strncmp(name, all[i], strlen(all[i])) == 0 && strcmp(name, "opendir") != 0 && strcmp(name, "readlink") != 0) {
      return 1;
    }
  }
  return 0;
}

// The error with which this call has to fail, HALF, or 0.
static int decide(const char *name, int counts, int can_halve) {
  if (!counts) {
    return 0;
  }
  int decided = 0;
  pthread_mutex_lock(&lock);
  if (++calls == at) {
    int possible = error_number == HALF ? can_halve : error_number != EINTR || can_be_interrupted(name);
    decided = possible ? error_number : 0;
    snprintf(failed, sizeof failed, "%s", name);
    const char *told = getenv("FAIL_TOLD");
    if (told != NULL) {
      syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, told, O_CREAT | O_WRONLY, 0600));
    }
  }
  pthread_mutex_unlock(&lock);
  return decided;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (real == NULL) { \
    real = (__typeof__(&name)) dlsym(RTLD_NEXT, #name); \
  }

// Ends the function with its value for a failure, if the call has to fail.
#define FAIL(counts, value) \
  { \
    int error = decide(__func__, counts, 0); \
    if (error > 0) { \
      errno = error; \
      return value; \
    } \
  }

#define MODE(flags) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list more; \
    va_start(more, flags); \
    mode = va_arg(more, mode_t); \
    va_end(more); \
  }

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name) \
    MODE(flags) \
    FAIL(is_below(path), -1) \
    int descriptor = real(path, flags, mode); \
    opened(descriptor, is_below(path)); \
    return descriptor; \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name) \
  int name(int start, const char *path, int flags, ...) { \
    REAL(name) \
    MODE(flags) \
    FAIL(is_below(path) || is_open(start), -1) \
    int descriptor = real(start, path, flags, mode); \
    opened(descriptor, is_below(path) || is_open(start)); \
    return descriptor; \
  }
OPENAT(openat)
OPENAT(openat64)

// Linux gives a descriptor back even if its close fails.
int close(int descriptor) {
  REAL(close)
  int counts = is_open(descriptor);
  int error = decide("close", counts, 0);
  opened(descriptor, 0);
  int result = real(descriptor);
  if (error > 0) {
    errno = error;
    return -1;
  }
  return result;
}

#define TRANSFER(name, size, arguments, halved, ...) \
  ssize_t name(__VA_ARGS__) { \
    REAL(name) \
    int error = decide(#name, is_open(descriptor), (size) > 1); \
    if (error > 0) { \
      errno = error; \
      return -1; \
    } \
    return error == HALF ? real halved : real arguments; \
  }
TRANSFER(read, bytes, (descriptor, to, bytes), (descriptor, to, bytes / 2), int descriptor, void *to, size_t bytes)
TRANSFER(write, bytes, (descriptor, from, bytes), (descriptor, from, bytes / 2), int descriptor, const void *from,
         size_t bytes)
TRANSFER(pread64, bytes, (descriptor, to, bytes, where), (descriptor, to, bytes / 2, where), int descriptor, void *to,
         size_t bytes, off64_t where)
TRANSFER(pwrite64, bytes, (descriptor, from, bytes, where), (descriptor, from, bytes / 2, where), int descriptor,
         const void *from, size_t bytes, off64_t where)
TRANSFER(readv, count, (descriptor, to, count), (descriptor, to, count / 2), int descriptor, const struct iovec *to,
         int count)
TRANSFER(writev, count, (descriptor, from, count), (descriptor, from, count / 2), int descriptor,
         const struct iovec *from, int count)
TRANSFER(pwritev64, count, (descriptor, from, count, where), (descriptor, from, count / 2, where), int descriptor,
         const struct iovec *from, int count, off64_t where)

#define ON_DESCRIPTOR(type, name, value, arguments, ...) \
  type name(__VA_ARGS__) { \
    REAL(name) \
    FAIL(is_open(descriptor), value) \
    return real arguments; \
  }
ON_DESCRIPTOR(int, fsync, -1, (descriptor), int descriptor)
ON_DESCRIPTOR(int, fdatasync, -1, (descriptor), int descriptor)
ON_DESCRIPTOR(int, ftruncate64, -1, (descriptor, size), int descriptor, off64_t size)
ON_DESCRIPTOR(int, fallocate64, -1, (descriptor, mode, first, size), int descriptor, int mode, off64_t first,
              off64_t size)
ON_DESCRIPTOR(int, fstat64, -1, (descriptor, to), int descriptor, struct stat64 *to)
ON_DESCRIPTOR(int, fchmod, -1, (descriptor, mode), int descriptor, mode_t mode)
ON_DESCRIPTOR(int, fchown, -1, (descriptor, user, group), int descriptor, uid_t user, gid_t group)
ON_DESCRIPTOR(int, fstatvfs64, -1, (descriptor, to), int descriptor, struct statvfs64 *to)
ON_DESCRIPTOR(off64_t, lseek64, -1, (descriptor, where, from), int descriptor, off64_t where, int from)
ON_DESCRIPTOR(void *, mmap64, MAP_FAILED, (start, size, access, flags, descriptor, where), void *start, size_t size,
              int access, int flags, int descriptor, off64_t where)

int __fxstat64(int version, int descriptor, struct stat64 *to) {
  static int (*real)(int, int, struct stat64 *);
  if (real == NULL) {
    real = (int (*)(int, int, struct stat64 *)) dlsym(RTLD_NEXT, "__fxstat64");
  }
  FAIL(is_open(descriptor), -1)
  return real(version, descriptor, to);
}

#define ON_OLD_STAT(name) \
  int name(int version, const char *path, struct stat64 *to) { \
    static int (*real)(int, const char *, struct stat64 *); \
    if (real == NULL) { \
      real = (int (*)(int, const char *, struct stat64 *)) dlsym(RTLD_NEXT, #name); \
    } \
    FAIL(is_below(path), -1) \
    return real(version, path, to); \
  }
ON_OLD_STAT(__xstat64)
ON_OLD_STAT(__lxstat64)

#define ON_PATH(type, name, value, arguments, ...) \
  type name(__VA_ARGS__) { \
    REAL(name) \
    FAIL(is_below(path), value) \
    return real arguments; \
  }
ON_PATH(int, unlink, -1, (path), const char *path)
ON_PATH(int, unlinkat, -1, (start, path, flags), int start, const char *path, int flags)
ON_PATH(int, rmdir, -1, (path), const char *path)
ON_PATH(int, mkdir, -1, (path, mode), const char *path, mode_t mode)
ON_PATH(int, rename, -1, (path, to), const char *path, const char *to)
ON_PATH(int, renameat, -1, (start, path, end, to), int start, const char *path, int end, const char *to)
ON_PATH(int, chmod, -1, (path, mode), const char *path, mode_t mode)
ON_PATH(int, chown, -1, (path, user, group), const char *path, uid_t user, gid_t group)
ON_PATH(int, lchown, -1, (path, user, group), const char *path, uid_t user, gid_t group)
ON_PATH(int, access, -1, (path, mode), const char *path, int mode)
ON_PATH(int, statvfs64, -1, (path, to), const char *path, struct statvfs64 *to)
ON_PATH(int, fstatat64, -1, (start, path, to, flags), int start, const char *path, struct stat64 *to, int flags)
ON_PATH(int, statx, -1, (start, path, flags, mask, to), int start, const char *path, int flags, unsigned mask,
        struct statx *to)
ON_PATH(ssize_t, readlink, -1, (path, to, bytes), const char *path, char *to, size_t bytes)
ON_PATH(char *, realpath, NULL, (path, to), const char *path, char *to)
ON_PATH(DIR *, opendir, NULL, (path), const char *path)

// Only the locks of a file.
int fcntl(int descriptor, int command, ...) {
  REAL(fcntl)
  va_list more;
  va_start(more, command);
  void *argument = va_arg(more, void *);
  va_end(more);
  int locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK || command == F_OFD_SETLK;
  FAIL(locks && is_open(descriptor), -1)
  return real(descriptor, command, argument);
}
