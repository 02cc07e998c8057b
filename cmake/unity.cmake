# With CMAKE_UNITY_BUILD (presets dev, release and tidy-program) the files of a target are compiled
# together, so that what they all include is read once: less than half of the time. They then share one
# unnamed namespace: rename what clashes, give a test's file a namespace of its own (namespace
# cloud_billing::orders_test), or compile one of the files alone, which costs what all of them include once more.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16 CACHE STRING "Most files that are compiled together; 0: all of a target")

# compile_alone(<files...>): their names clash with those of other files of the target.
function(compile_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# GCC takes a file that is included for a header, whose types must not have members of a file's own.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(cloud_billing_warnings INTERFACE -Wno-subobject-linkage)
endif()
