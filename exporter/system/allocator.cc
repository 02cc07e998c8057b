#include "system/allocator.h"

#include <malloc.h>

namespace cloud_billing {

void bound_allocator() {
  mallopt(M_MMAP_THRESHOLD, 256 << 10);
  mallopt(M_TRIM_THRESHOLD, 32 << 20);
  mallopt(M_ARENA_MAX, 1);
}

}  // namespace cloud_billing
