// libFuzzer's entry: one target of the program's table.
//   fuzz_clouds --list                      the names of all
//   fuzz_clouds --target=NAME --seeds=DIR   writes the target's seeds there
//   fuzz_clouds --target=NAME ...           searches; libFuzzer's own options follow

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/fuzz/fuzz_target.h"

namespace {

const cloud_billing::FuzzTarget* chosen = nullptr;

std::string_view value_of(std::string_view argument, std::string_view flag) {
  return argument.starts_with(flag) ? argument.substr(flag.size()) : std::string_view();
}

void write_seeds(const std::string& directory) {
  for (std::size_t i = 0; i < chosen->seeds.size(); ++i) {
    std::ofstream(directory + "/seed-" + std::to_string(i), std::ios::binary) << chosen->seeds[i];
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  const auto targets = cloud_billing::fuzz_targets();
  std::string seeds;
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (argument == "--list") {
      for (const auto& target : targets) std::printf("%s\n", target.name.c_str());
      std::exit(0);
    }
    seeds += value_of(argument, "--seeds=");
    const auto named = std::find_if(targets.begin(), targets.end(), [argument](const auto& target) {
      return target.name == value_of(argument, "--target=");
    });
    if (named != targets.end()) chosen = &*named;
  }
  if (chosen == nullptr) {
    std::fprintf(stderr, "--target= must name one of --list\n");
    std::exit(2);
  }
  if (!seeds.empty()) {
    write_seeds(seeds);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
