# With CLOUD_BILLING_PRECOMPILE (preset dev) the headers of the standard library, and of GoogleTest, are read once for
# all targets that are compiled alike. What is shipped is compiled without, and so is every file in `make test-long`,
# which finds an include that is missing.
option(CLOUD_BILLING_PRECOMPILE "Precompile the headers of the standard library and of GoogleTest" OFF)

set(precompiled_standard_headers <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <deque>
  <filesystem> <fstream> <functional> <map> <memory> <mutex> <optional> <random> <set> <span> <sstream> <string>
  <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>)

# add_precompiled(<name> HEADERS <headers...> LIBRARIES <targets...>): what precompile() can name.
function(add_precompiled name)
  cmake_parse_arguments(ARG "" "" "HEADERS;LIBRARIES" ${ARGN})
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${name}.cc")
  file(CONFIGURE OUTPUT "${source}" CONTENT "")
  add_library(${name} OBJECT "${source}")
  target_link_libraries(${name} PRIVATE cloud_billing_warnings ${ARG_LIBRARIES})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# precompile(<name> <targets...>): these targets begin with the headers of that name, if there is one.
function(precompile name)
  if(TARGET ${name})
    foreach(target ${ARGN})
      target_precompile_headers(${target} REUSE_FROM ${name})
    endforeach()
  endif()
endfunction()

if(CLOUD_BILLING_PRECOMPILE)
  add_precompiled(precompiled_for_program HEADERS ${precompiled_standard_headers})
endif()
