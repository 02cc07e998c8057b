# Warnings and sanitizers of the project's own code. Link cloud_billing_warnings PRIVATE.
# A warning is an error in the presets only: another compiler than ours may know more of them.
option(CLOUD_BILLING_WERROR "Take warnings for errors" OFF)
add_library(cloud_billing_warnings INTERFACE)
target_compile_options(cloud_billing_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>  # system/mutex.h
  $<$<BOOL:${CLOUD_BILLING_WERROR}>:-Werror>)

if(CLOUD_BILLING_SANITIZE)
  add_compile_options(-fno-omit-frame-pointer)
  target_compile_options(cloud_billing_warnings INTERFACE
    -fsanitize=${CLOUD_BILLING_SANITIZE} -fno-sanitize-recover=all)
  # The checks of each access to a member are a sixth of the time in which the program compiles, and AddressSanitizer
  # sees a null pointer too: the preset tsan has them, and clang's in `make fuzz`. To look whether an object has a table
  # of functions, UBSan opens a pipe, which ThreadSanitizer takes for a race: only `make fuzz` looks.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CLOUD_BILLING_SANITIZE MATCHES "address.*undefined")
    target_compile_options(cloud_billing_warnings INTERFACE -fno-sanitize=null,alignment,vptr)
  elseif(CLOUD_BILLING_SANITIZE MATCHES "thread.*undefined")
    target_compile_options(cloud_billing_warnings INTERFACE -fno-sanitize=vptr)
  endif()
  add_link_options(-fsanitize=${CLOUD_BILLING_SANITIZE})
  # Gold links in half of the time of GNU ld, mold in a third of gold's, with the same result.
  find_program(MOLD_LINKER mold)
  find_program(GOLD_LINKER ld.gold)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CLOUD_BILLING_SANITIZE MATCHES "address")
    if(MOLD_LINKER)
      add_link_options(-fuse-ld=mold LINKER:--no-fork)  # else what it takes is not counted
    elseif(GOLD_LINKER)
      add_link_options(-fuse-ld=gold)
    endif()
  endif()
endif()
