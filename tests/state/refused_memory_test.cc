// Memory that the system refuses the thread that saves the state: blocks for copies of the
// account's name, of which there are some wherever that thread works. Others are given, since what
// ends a nlohmann::json must not fail. The allocation functions are this program's for that.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <new>
#include <string>

#include "state/state_writer.h"
#include "tests/temporary_directory.h"

namespace cloud_billing::refused_memory_test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::size_t kNameBytes = 277;
const std::string kAccount(kNameBytes, 'a');
constexpr int kNever = std::numeric_limits<int>::max();

// Copies of the name that threads other than the test's are given before one is refused.
std::atomic<int> given{kNever};
thread_local bool is_tests_thread = false;

void* allocate(std::size_t size) {
  const bool is_name = !is_tests_thread && size == kNameBytes + 1;
  if (is_name && given != kNever && given-- == 0) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}

void* allocate_or_throw(std::size_t size) {
  void* const block = allocate(size);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

AccountRecord record_of(const std::string& account_id) {
  AccountRecord record;
  record.account = kAccount;
  record.results.account_id = account_id;
  return record;
}

class RefusedMemoryTest : public TemporaryDirectoryTest {
 protected:
  void SetUp() override {
    TemporaryDirectoryTest::SetUp();
    is_tests_thread = true;
  }

  // Keeps a record and has it saved, with one copy refused after so many. Whether it was.
  bool keep_with_a_refusal(StateWriter& writer, const std::string& account_id, int after) {
    writer.keep(record_of(account_id));
    given = after;
    run(writer);
    return given.exchange(kNever) < 0;
  }

  static void run(StateWriter& writer) {
    writer.start_thread();
    writer.stop_thread();
  }
};

TEST_F(RefusedMemoryTest, AnyOneBlockOfItLeavesTheProgramRunningAndTheRecordToBeSaved) {
  const std::filesystem::path folder = directory_ / "folder";
  for (const bool disk_fails : {false, true}) {
    bool refused = true;
    int after = 0;
    for (; refused; ++after) {
      std::filesystem::create_directory(folder);
      const auto store_of_folder = StateStore::open(folder.string()).value();
      if (disk_fails) std::filesystem::remove_all(folder);
      testing::internal::CaptureStderr();
      StateWriter writer(*store_of_folder);
      refused = keep_with_a_refusal(writer, std::to_string(after), after);
      std::filesystem::create_directory(folder);
      run(writer);
      EXPECT_THAT(testing::internal::GetCapturedStderr(),
                  Not(HasSubstr("saving the state stopped")));
      const auto saved = store_of_folder->load(kAccount);
      ASSERT_TRUE(saved) << after;
      EXPECT_EQ(saved->results.account_id, std::to_string(after));
    }
    EXPECT_GT(after, disk_fails ? 3 : 1) << "copies that saving needs";
  }
}

}  // namespace
}  // namespace cloud_billing::refused_memory_test

void* operator new(std::size_t size) {
  return cloud_billing::refused_memory_test::allocate_or_throw(size);
}
void* operator new[](std::size_t size) {
  return cloud_billing::refused_memory_test::allocate_or_throw(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return cloud_billing::refused_memory_test::allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return cloud_billing::refused_memory_test::allocate(size);
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete[](void* block) noexcept { std::free(block); }
void operator delete(void* block, std::size_t) noexcept { std::free(block); }
void operator delete[](void* block, std::size_t) noexcept { std::free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { std::free(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { std::free(block); }
