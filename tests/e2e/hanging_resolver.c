/* Stands before the C library's resolver (LD_PRELOAD): names under hanging.test are looked up without
   end, as where a name server never answers. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

typedef int resolve_function(const char*, const char*, const struct addrinfo*, struct addrinfo**);

int getaddrinfo(const char* name, const char* service, const struct addrinfo* hints,
                struct addrinfo** found) {
  if (name != NULL && strstr(name, ".hanging.test") != NULL) {
    for (;;) pause();
  }
  resolve_function* original = (resolve_function*)dlsym(RTLD_NEXT, "getaddrinfo");
  return original(name, service, hints, found);
}
