// What a client gets of an answer for which there is no memory.

#include "web/response_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <new>
#include <string>
#include <string_view>

namespace cloud_billing {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Its body gives so many bytes, and then there is no memory for the rest.
WebResponse response_without_memory_after(std::size_t bytes) {
  WebResponse response;
  response.content_type = "text/plain";
  response.body = {1'000'000, [bytes](const ByteSink& sink) -> bool {
                     if (bytes > 0) sink(std::string(bytes, 'x'));
                     throw std::bad_alloc();
                   }};
  return response;
}

std::string written_of(const WebResponse& response) {
  std::string written;
  EXPECT_THROW(static_cast<void>(write_response(response, true, true,
                                                [&written](std::string_view bytes) {
                                                  written += bytes;
                                                  return true;
                                                })),
               std::bad_alloc);
  return written;
}

TEST(ResponseWriter, Answers503IfThereIsNoMemoryForTheAnswer) {
  for (const std::size_t bytes : {0U, 1000U}) {
    const std::string written = written_of(response_without_memory_after(bytes));
    EXPECT_THAT(written, StartsWith("HTTP/1.1 503 Service Unavailable\r\n"));
    EXPECT_THAT(written, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(written, EndsWith("\r\nContent-Length: 18\r\nX-Content-Type-Options: nosniff\r\n"
                                  "Connection: close\r\n\r\nNot enough memory\n"));
  }
}

TEST(ResponseWriter, SendsNoSecondHeadIntoAnAnswerThatHasBegun) {
  const std::string written = written_of(response_without_memory_after(100'000));
  EXPECT_THAT(written, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(written, Not(HasSubstr("503")));
}

}  // namespace
}  // namespace cloud_billing
