# What the compiler and the linker can do against a mistake in memory that somebody would use: on for what is
# shipped, which is optimised. Sanitizers find the mistakes themselves, and fortified calls would hide some from them.
# tests/package/hardening_test.py reads from the program whether it came out so.
if(CMAKE_BUILD_TYPE MATCHES "Rel" AND NOT CLOUD_BILLING_SANITIZE)
  set(CLOUD_BILLING_HARDENED ON)
else()
  set(CLOUD_BILLING_HARDENED OFF)
endif()

if(CLOUD_BILLING_HARDENED)
  include(CheckCXXCompilerFlag)
  # U first: some distributions' compilers define it themselves, lower.
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  # The last two exist for one architecture each: indirect jumps and returns land where they may only.
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "CLOUD_BILLING_HAS${flag}" known)
    check_cxx_compiler_flag("${flag}" ${known})
    if(${known})
      add_compile_options("${flag}")
    endif()
  endforeach()
  set(is_executable "$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>")
  set(is_loaded "$<IN_LIST:$<TARGET_PROPERTY:TYPE>,SHARED_LIBRARY;MODULE_LIBRARY>")
  add_compile_options("$<$<NOT:${is_loaded}>:-fPIE>")
  add_link_options("$<${is_executable}:-pie>" LINKER:-z,relro,-z,now,-z,noexecstack)
endif()
