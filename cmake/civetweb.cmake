# civetweb, compiled once from the tree that scripts/fetch-civetweb unpacks. Only the web server and
# the cloud simulator link it.
if(DEFINED ENV{CIVETWEB_SOURCE_DIR})
  set(civetweb_default_dir "$ENV{CIVETWEB_SOURCE_DIR}")
else()
  set(civetweb_default_dir "${CMAKE_SOURCE_DIR}/build/civetweb")
endif()
set(CIVETWEB_SOURCE_DIR "${civetweb_default_dir}" CACHE PATH
    "civetweb's source tree, as scripts/fetch-civetweb unpacks it")

foreach(file src/civetweb.c include/civetweb.h)
  if(NOT EXISTS "${CIVETWEB_SOURCE_DIR}/${file}")
    message(FATAL_ERROR "civetweb's ${file} is not in ${CIVETWEB_SOURCE_DIR}. "
                        "Run scripts/fetch-civetweb, or set CIVETWEB_SOURCE_DIR to civetweb's source tree.")
  endif()
endforeach()

# Requests for "*" and for a whole URI of another port have no path in civetweb, which closes their connection
# without a word. With what was asked for in its place they come to our route table as all others do.
set(civetweb_source "${CIVETWEB_SOURCE_DIR}/src/civetweb.c")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${civetweb_source}")
file(READ "${civetweb_source}" civetweb_text)

# change_civetweb(<text> <instead>): the text has to stand in it.
function(change_civetweb text instead)
  string(FIND "${civetweb_text}" "${text}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR "${civetweb_source} is not the civetweb that scripts/fetch-civetweb unpacks: it lacks "
                        "\"${text}\"")
  endif()
  string(REPLACE "${text}" "${instead}" changed "${civetweb_text}")
  set(civetweb_text "${changed}" PARENT_SCOPE)
endfunction()

set(path_as_asked "conn->request_info.local_uri_raw = conn->request_info.request_uri;")
change_civetweb("conn->request_info.local_uri_raw = 0;" "${path_as_asked}")
change_civetweb("} else {\n\t\t\t\t\tconn->request_info.local_uri_raw = NULL;" "} else {\n\t\t\t\t\t${path_as_asked}")

# Of a head it reads what it understands and passes over the rest: of a folded line, of an empty one that is ended by
# a line feed alone, or of the 65th header on, all that follows, a Content-Length included. The request then ends
# elsewhere than for a proxy before it. Such a head is refused (civetweb_additions.c).
set(head_is_whole "\tbuf[request_length - 1] = '\\0';\n")
change_civetweb("\n/* Parse HTTP request, fill in mg_request_info structure.\n"
                "\n#include \"civetweb_additions.c\"\n\n/* Parse HTTP request, fill in mg_request_info structure.\n")
change_civetweb("${head_is_whole}" "\tif (!is_sound_head(buf, request_length)) {\n\t\treturn -1;\n\t}\n${head_is_whole}")

# It looks for the head's end from the first byte, and then behind empty lines before the request: two of them were a
# head of their own, the request's head its own body, and what an earlier client left in the buffer was read with it.
# An answer tells a version that is spoken here, whatever was asked in.
set(request_is_whole "if (parse_http_request(conn->buf, conn->buf_size, &conn->request_info)\n\t    <= 0) {\n")
change_civetweb("${request_is_whole}" "if (parse_http_request(conn->buf, conn->data_len, &conn->request_info)\n\t    != conn->request_len) {\n\t\tconn->request_info.http_version = \"1.1\";\n")
set(before_refusal "mg_send_http_error(conn, 505, \"%s\", ebuf);")
change_civetweb("${before_refusal}" "ri->http_version = \"1.1\";\n\t\t\t${before_refusal}")

# The time that a body may take holds for one that drips, too.
set(body_grows "\t\t\tnread += n;\n\t\t\tlen -= n;\n")
set(body_is_late "\t\t\tif ((mg_get_current_time_ns() - start_time) > timeout_ns) {\n\t\t\t\tbreak;\n\t\t\t}\n")
change_civetweb("${body_grows}" "${body_grows}${body_is_late}")

# Who is to be sent away while all workers wait has to be known before the TLS handshake, which waits as well.
set(before_handshake "conn->request_info.is_ssl = conn->client.is_ssl;\n")
change_civetweb("${before_handshake}" "${before_handshake}\t\tinit_connection(conn);\n")

# A handshake that waits for its client sleeps until there is something to read, and for its time, not for a number of
# rounds of 50 ms: hundreds that never finish woke eleven thousand times a second.
change_civetweb("for (i = 0; i <= timeout; i += 50) {\n\t\tERR_clear_error();"
                "const uint64_t began = mg_get_current_time_ns();\n\tfor (i = 0; i <= timeout; i = (unsigned)((mg_get_current_time_ns() - began) / 1000000)) {\n\t\tERR_clear_error();")
change_civetweb("mg_poll(&pfd, 1, 50, &(conn->phys_ctx->stop_flag));"
                "mg_poll(&pfd, 1, (int)(timeout - i) + 1, &(conn->phys_ctx->stop_flag));")
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/civetweb/civetweb.c" CONTENT "${civetweb_text}" @ONLY)

add_library(civetweb STATIC "${CMAKE_BINARY_DIR}/civetweb/civetweb.c")
# Not SYSTEM: these headers must come before Debian's own civetweb.h, which prometheus-cpp-dev installs.
target_include_directories(civetweb PUBLIC "${CIVETWEB_SOURCE_DIR}/include"
  PRIVATE "${CIVETWEB_SOURCE_DIR}/src" "${CMAKE_CURRENT_LIST_DIR}")
# PUBLIC: a definition that differs between the library and its users changes structures, and crashes.
target_compile_definitions(civetweb PUBLIC
  USE_IPV6 OPENSSL_API_3_0 NO_SSL_DL NO_CGI NO_FILES NO_CACHING)
target_compile_options(civetweb PRIVATE -w)
# USE_STACK_SIZE is the stack of one worker, of which there are hundreds.
if(CLOUD_BILLING_SANITIZE)
  target_compile_definitions(civetweb PRIVATE USE_STACK_SIZE=1048576)
else()
  target_compile_definitions(civetweb PRIVATE USE_STACK_SIZE=131072)
endif()
# Error answers of its own carry the date: workers must not share the C library's one time structure.
target_compile_definitions(civetweb PRIVATE REENTRANT_TIME)
# How often a waiting worker looks whether the server stops, in ms: it bounds the time that stopping takes.
target_compile_definitions(civetweb PRIVATE SOCKET_TIMEOUT_QUANTUM=200)
# AddressSanitizer sees into it. ThreadSanitizer would report civetweb's own flags.
if(CLOUD_BILLING_SANITIZE MATCHES "address")
  target_compile_options(civetweb PRIVATE -fsanitize=address)
endif()
target_link_libraries(civetweb PUBLIC OpenSSL::SSL OpenSSL::Crypto Threads::Threads ${CMAKE_DL_LIBS})
