// container_probe: the container image's health check. Asks the server with the flags that it was
// started with, which it reads from process 1, so that a user's own flags need no second place.
// Runs cloud_billing_exporter --probe from its own folder in its place; that one's status is the
// answer.

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace {

constexpr const char* kServer = "cloud_billing_exporter";

// What follows the server's name on a command line: an init in front of it has flags of its own.
std::vector<std::string> read_server_flags(const char* path) {
  std::ifstream file(path);
  std::vector<std::string> flags;
  bool found = false;
  for (std::string argument; std::getline(file, argument, '\0');) {
    if (found) {
      flags.push_back(argument);
    } else {
      found = std::filesystem::path(argument).filename() == kServer;
    }
  }
  return flags;
}

}  // namespace

int main() {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string server = (self.parent_path() / kServer).string();
  std::vector<std::string> flags = read_server_flags("/proc/1/cmdline");
  std::string probe = "--probe";

  std::vector<char*> arguments{server.data(), probe.data()};
  for (std::string& flag : flags) arguments.push_back(flag.data());
  arguments.push_back(nullptr);
  ::execv(server.c_str(), arguments.data());
  std::perror("container_probe: cannot run cloud_billing_exporter");
  return 1;
}
