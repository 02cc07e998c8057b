# Warnings and sanitizers of the project's own code. Link cloud_billing_warnings PRIVATE.
add_library(cloud_billing_warnings INTERFACE)
target_compile_options(cloud_billing_warnings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Werror)

if(CLOUD_BILLING_SANITIZE)
  add_compile_options(-fno-omit-frame-pointer)
  target_compile_options(cloud_billing_warnings INTERFACE
    -fsanitize=${CLOUD_BILLING_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${CLOUD_BILLING_SANITIZE})
endif()
