/* Stands before the C library's (LD_PRELOAD): a machine on which a call fails below one directory, and
   whose clock jumps. The file FAULTY_MACHINE tells which, and may be written while the program runs: 16
   bytes with the call's name, 16 with what befalls it, 16 with the seconds by which the wall clock is
   ahead, each filled up with NUL. Paths begin with FAULTY_DIRECTORY. What befalls a call is an error, SHORT
   (half of the bytes are read or written) or NOTHING (none is, and no error is told). */
#undef _FORTIFY_SOURCE /* its inline functions have these names */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { kField = 16, kFields = 3 };
enum { kShort = -1, kNothing = -2 };

static const volatile char* machine;
static const char* directory;

static void __attribute__((constructor)) find_machine(void) {
  const char* path = getenv("FAULTY_MACHINE");
  directory = getenv("FAULTY_DIRECTORY");
  if (path == NULL || directory == NULL) return;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) abort();
  void* shared = mmap(NULL, kField * kFields, PROT_READ, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) abort();
  close(file);
  machine = shared;
}

static void read_field(int field, char* text) {
  for (int i = 0; i < kField; ++i) text[i] = machine[field * kField + i];
  text[kField - 1] = '\0';
}

/* 0: nothing befalls the call. */
static int fault_of(const char* call, const char* path) {
  static const struct {
    const char* name;
    int fault;
  } kFaults[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},      {"EMFILE", EMFILE},   {"EROFS", EROFS},
                 {"EDQUOT", EDQUOT}, {"SHORT", kShort}, {"NOTHING", kNothing}};
  char text[kField];
  if (machine == NULL || machine[0] == '\0') return 0;
  read_field(0, text);
  if (strcmp(text, call) != 0 || strncmp(path, directory, strlen(directory)) != 0) return 0;
  read_field(1, text);
  for (size_t i = 0; i < sizeof kFaults / sizeof kFaults[0]; ++i) {
    if (strcmp(text, kFaults[i].name) == 0) return kFaults[i].fault;
  }
  return 0;
}

static int fault_of_file(const char* call, int file) {
  char link[64];
  char path[4096];
  if (machine == NULL || machine[0] == '\0') return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = '\0';
  return fault_of(call, path);
}

#define ORIGINAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define FAIL_IF_FAULTY(fault) \
  do {                        \
    const int told = (fault); \
    if (told > 0) {           \
      errno = told;           \
      return -1;              \
    }                         \
  } while (0)

/* What is left of so many bytes. */
#define LESS_IF_FAULTY(call, file, size)               \
  do {                                                 \
    const int fault = fault_of_file(call, file);       \
    if (fault == kNothing) return 0;                   \
    if (fault == kShort && (size) > 1) (size) /= 2;    \
    FAIL_IF_FAULTY(fault);                             \
  } while (0)

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE
                          ? va_arg(arguments, mode_t)
                          : 0;
  va_end(arguments);
  /* A file system that is read-only can be read. */
  const int fault = fault_of("open", path);
  if (fault != EROFS || (flags & O_ACCMODE) != O_RDONLY) FAIL_IF_FAULTY(fault);
  return ORIGINAL(open)(path, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t size) {
  LESS_IF_FAULTY("write", file, size);
  return ORIGINAL(write)(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  LESS_IF_FAULTY("write", file, size);
  return ORIGINAL(pwrite)(file, bytes, size, at);
}

ssize_t read(int file, void* bytes, size_t size) {
  LESS_IF_FAULTY("read", file, size);
  return ORIGINAL(read)(file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t at) {
  LESS_IF_FAULTY("read", file, size);
  return ORIGINAL(pread)(file, bytes, size, at);
}

int fsync(int file) {
  FAIL_IF_FAULTY(fault_of_file("fsync", file));
  return ORIGINAL(fsync)(file);
}

int rename(const char* from, const char* to) {
  FAIL_IF_FAULTY(fault_of("rename", from));
  return ORIGINAL(rename)(from, to);
}

int clock_gettime(clockid_t clock, struct timespec* time) {
  static __typeof__(&clock_gettime) original;
  if (original == NULL) original = ORIGINAL(clock_gettime);
  const int result = original(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME && machine != NULL && machine[2 * kField] != '\0') {
    char text[kField];
    read_field(2, text);
    time->tv_sec += atol(text);
  }
  return result;
}

time_t time(time_t* told) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (told != NULL) *told = now.tv_sec;
  return now.tv_sec;
}
