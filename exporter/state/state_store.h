#pragma once

// The files under --state.dir: one for each account, and a lock that keeps a second process out.
// Files are readable by their owner only and replaced as a whole. One that was read and is no
// record is set aside, with a warning, under a name that ends in ".bad-<time>": nothing is lost
// that someone may want to look at. One that cannot be read, for want of permission or of
// descriptors, or because the disk fails, is left where it is, and not replaced until it can be
// read. Files of accounts that are not configured are left alone, since another shard or another
// configuration may need them. Used before the threads start and then by the writer's thread only.

#include <memory>
#include <optional>
#include <set>
#include <string>

#include "accounts/account_record.h"
#include "core/result.h"
#include "system/descriptor.h"
#include "system/whole_file.h"

namespace cloud_billing {

class StateStore {
 public:
  // Makes the directory if it is missing, and locks it as long as the store lives. The error
  // names the directory.
  [[nodiscard]] static Result<std::unique_ptr<StateStore>> open(const std::string& directory);

  // What was saved for an account last, as a whole; nothing if there is no good file.
  [[nodiscard]] std::optional<AccountRecord> load(const std::string& account);

  // When it returns without an error, the record is on the disk. An error names the file, then,
  // after the last ": " if there is one, the reason, which names none.
  [[nodiscard]] Status save(const AccountRecord& record);

 private:
  StateStore(std::string directory, Descriptor lock)
      : directory_(std::move(directory)), lock_(std::move(lock)) {}

  void remove_unfinished() const;
  [[nodiscard]] std::string path_of(const std::string& account) const;

  std::string directory_;
  Descriptor lock_;
  std::set<std::string> unreadable_;  // accounts whose file is there and could not be read
};

}  // namespace cloud_billing
