// What is known of an account is after a restart what it was before.

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include "accounts/account_record.h"
#include "state/state_store.h"
#include "tests/accounts/any_record.h"
#include "tests/accounts/same_record.h"

namespace cloud_billing {
namespace {

// Gone with it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

AccountRecord any_record() { return AnyRecord(*rc::gen::arbitrary<unsigned>()).make(); }

RC_GTEST_PROP(Records, ReadAsTheyAreWritten, ()) {
  const AccountRecord record = any_record();
  const auto back = account_record_from_json(to_json(record));
  RC_ASSERT(back.ok());
  RC_ASSERT(*back == record);
  RC_ASSERT(to_json(*back) == to_json(record));
}

RC_GTEST_PROP(Records, AreTheSameAfterARestartAndTheNewestOneCounts, ()) {
  const TemporaryDirectory directory;
  AccountRecord newest = any_record();
  {
    const auto store = std::move(StateStore::open(directory.path() + "/state")).value();
    for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
      AccountRecord earlier = any_record();
      earlier.account = newest.account;
      RC_ASSERT(store->save(earlier).ok());
    }
    RC_ASSERT(store->save(newest).ok());
  }
  const auto store = std::move(StateStore::open(directory.path() + "/state")).value();
  const auto back = store->load(newest.account);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == newest);
}

// A file that was changed anywhere is not taken for what was written.
RC_GTEST_PROP(Records, OfAFileThatWasDamagedAreNotUsed, ()) {
  const TemporaryDirectory directory;
  const AccountRecord record = any_record();
  std::string file;
  {
    const auto store = std::move(StateStore::open(directory.path() + "/state")).value();
    RC_ASSERT(store->save(record).ok());
    for (const auto& entry : std::filesystem::directory_iterator(directory.path() + "/state")) {
      if (entry.path().extension() == ".state") file = entry.path();
    }
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << *rc::gen::inRange(0, 8)));
      break;
    case 1:
      bytes.resize(at);
      break;
    default:
      bytes.erase(at, 1);
  }
  std::ofstream(file, std::ios::binary) << bytes;
  const auto store = std::move(StateStore::open(directory.path() + "/state")).value();
  RC_ASSERT(!store->load(record.account).has_value());
  RC_ASSERT(!std::filesystem::exists(file));  // it is set aside
}

}  // namespace
}  // namespace cloud_billing
