#include "exposition/gzip.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {
namespace {

// What a client gets that reads one gzip member, as `curl --compressed` does: zlib checks CRC and
// length. Throws where it is no whole member, or where bytes come after it.
std::string gunzip(std::string_view member) {
  z_stream stream{};
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) throw std::runtime_error("inflateInit2");
  std::string bytes(member);
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  int result = Z_OK;
  while (result == Z_OK) {
    std::string chunk(100'000, '\0');
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    result = inflate(&stream, Z_NO_FLUSH);
    text.append(chunk, 0, chunk.size() - stream.avail_out);
  }
  const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd(&stream);
  if (!whole) throw std::runtime_error("not one whole gzip member");
  return text;
}

std::string member_of(const DeflatedText& a, const DeflatedText& b) {
  Checksum whole = a.sum;
  whole.append(b.sum);
  return gzip_head() + a.blocks + b.blocks + gzip_end(whole);
}

// Lines as metrics are: much alike.
std::string text_of(std::size_t lines) {
  std::string text;
  std::mt19937 random(7);
  for (std::size_t i = 0; i < lines; ++i) {
    text += "cost{account=\"account\",service_type=\"" + std::to_string(i) + "\"} " +
            std::to_string(random() % 100'000) + "\n";
  }
  return text;
}

TEST(Gzip, TextsCompressedApartAreOneMember) {
  const std::string first = text_of(20'000);
  const std::string second = "云 \n# EOF\n";
  EXPECT_EQ(gunzip(member_of(deflate_text(first), deflate_text(second))), first + second);
  EXPECT_EQ(gunzip(member_of(deflate_text(second), deflate_text(first))), second + first);
  EXPECT_EQ(gunzip(member_of(deflate_text(first), store_text(second))), first + second);
}

TEST(Gzip, ATextCanStandInManyMembers) {
  const DeflatedText shared = deflate_text(text_of(1000));
  const std::vector<std::string> tails{"one\n", "two\n", "three\n"};
  for (const std::string& tail : tails) {
    EXPECT_EQ(gunzip(member_of(shared, store_text(tail))), text_of(1000) + tail);
  }
}

TEST(Gzip, NoTextIsAMemberToo) {
  const DeflatedText nothing;
  EXPECT_EQ(gunzip(gzip_head() + gzip_end(Checksum())), "");
  EXPECT_EQ(gunzip(member_of(deflate_text(""), store_text(""))), "");
  EXPECT_EQ(gunzip(member_of(nothing, deflate_text("a"))), "a");
}

TEST(Gzip, AStoredTextMayBeLongerThanABlock) {
  for (const std::size_t size : {65'534U, 65'535U, 65'536U, 200'000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(gunzip(member_of(store_text(text), store_text(""))), text) << size;
  }
}

TEST(Gzip, WhatDoesNotCompressComesBack) {
  std::mt19937 random(42);
  std::string noise(300'000, '\0');
  for (char& c : noise) c = static_cast<char>(random() & 0xff);
  EXPECT_EQ(gunzip(member_of(deflate_text(noise), deflate_text(noise))), noise + noise);
}

TEST(Gzip, MetricsShrinkToASmallPart) {
  EXPECT_LT(deflate_text(text_of(20'000)).blocks.size(), text_of(20'000).size() / 4);
}

TEST(Gzip, ADeflatedTextComesBackInPieces) {
  for (const std::size_t lines : {0U, 1U, 20'000U}) {
    std::string text;
    EXPECT_TRUE(inflate_text(deflate_text(text_of(lines)), [&text](std::string_view piece) {
      EXPECT_FALSE(piece.empty());
      text += piece;
      return true;
    }));
    EXPECT_EQ(text, text_of(lines));
  }
}

TEST(Gzip, InflatingEndsWhenNoMoreIsWanted) {
  int pieces = 0;
  EXPECT_FALSE(inflate_text(deflate_text(text_of(20'000)), [&pieces](std::string_view) {
    ++pieces;
    return false;
  }));
  EXPECT_EQ(pieces, 1);
}

}  // namespace
}  // namespace cloud_billing
