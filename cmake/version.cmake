# cloud_billing_version: the header build_version.h, for `--version` and cloud_billing_build_info.
# The revision is the one at configure time, so that a commit alone rebuilds nothing; a tree without
# git, as in a container's build, can be told it with -DCLOUD_BILLING_REVISION=.
find_package(Git QUIET)
if(Git_FOUND AND NOT CLOUD_BILLING_REVISION)
  execute_process(COMMAND "${GIT_EXECUTABLE}" rev-parse --short=12 HEAD
                  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                  OUTPUT_VARIABLE CLOUD_BILLING_REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(NOT CLOUD_BILLING_REVISION)
  set(CLOUD_BILLING_REVISION "unknown")
endif()

configure_file("${CMAKE_CURRENT_LIST_DIR}/build_version.h.in"
               "${PROJECT_BINARY_DIR}/generated/build_version.h" @ONLY)
add_library(cloud_billing_version INTERFACE)
target_include_directories(cloud_billing_version INTERFACE "${PROJECT_BINARY_DIR}/generated")
