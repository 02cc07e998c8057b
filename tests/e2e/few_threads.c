/* Stands before the C library's (LD_PRELOAD): a process that has as many threads as FEW_THREADS says
   gets no more, as under ulimit -u or pids.max. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

typedef int create_function(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);

static int count_threads(void) {
  DIR* tasks = opendir("/proc/self/task");
  int count = -2; /* "." and ".." */
  while (readdir(tasks) != NULL) ++count;
  closedir(tasks);
  return count;
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) {
  create_function* original = (create_function*)dlsym(RTLD_NEXT, "pthread_create");
  const char* most = getenv("FEW_THREADS");
  if (most != NULL && count_threads() >= atoi(most)) return EAGAIN;
  return original(thread, attributes, start, argument);
}
