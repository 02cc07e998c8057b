/* Stands before the C library's (LD_PRELOAD): blocks of memory that are as large as the file SCARCE_MEMORY says
   are refused, as under ulimit -v. The file, which may be written while the program runs, holds four numbers of 8
   bytes: of how many bytes a block is refused (0: none is), how many such blocks are still given before, how many
   are refused then, and, written here, how many have been. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

struct Scarcity {
  _Atomic int64_t least;
  _Atomic int64_t given;
  _Atomic int64_t left;
  _Atomic int64_t refused;
};

static struct Scarcity* scarcity;

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

static void __attribute__((constructor)) find_scarcity(void) {
  const char* path = getenv("SCARCE_MEMORY");
  if (path == NULL) return;
  const int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) abort();
  void* shared = mmap(NULL, sizeof *scarcity, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) abort();
  close(file);
  scarcity = shared;
}

static int is_refused(size_t size) {
  if (scarcity == NULL) return 0;
  const int64_t least = atomic_load(&scarcity->least);
  if (least == 0 || size < (size_t)least) return 0;
  if (atomic_fetch_sub(&scarcity->given, 1) > 0) return 0;
  if (atomic_fetch_sub(&scarcity->left, 1) <= 0) return 0;
  atomic_fetch_add(&scarcity->refused, 1);
  errno = ENOMEM;
  return 1;
}

void* malloc(size_t size) { return is_refused(size) ? NULL : __libc_malloc(size); }

void* calloc(size_t count, size_t size) {
  return is_refused(count * size) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* block, size_t size) {
  return is_refused(size) ? NULL : __libc_realloc(block, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return is_refused(size) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void** block, size_t alignment, size_t size) {
  if (is_refused(size)) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}
