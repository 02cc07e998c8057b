// Runs each target over its seeds, over the files of its directory, and over so many changes of
// these, always the same ones: run_corpus CORPUS [CHANGES]. For where libFuzzer is not linked.
// Fails if a target has no seed at all.

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace cloud_billing {
namespace {

class Changes {
 public:
  // Of one of the seeds, with parts of others.
  std::string of(const std::vector<std::string>& seeds) {
    std::string text = seeds[below(seeds.size())];
    for (std::size_t i = 1 + below(4); i > 0; --i) {
      const std::size_t at = below(text.size() + 1);
      const std::size_t length = below(std::min<std::size_t>(text.size() - at, 30) + 1);
      const std::string& other = seeds[below(seeds.size())];
      switch (below(5)) {
        case 0:
          text.insert(at, 1, static_cast<char>(random_() % 256));
          break;
        case 1:
          if (at < text.size()) text[at] = static_cast<char>(random_() % 256);
          break;
        case 2:
          text.erase(at, length);
          break;
        case 3:
          text.insert(at, text.substr(at, length));
          break;
        default:
          text.insert(at, other.substr(below(other.size() + 1), 1 + below(20)));
      }
    }
    return text;
  }

 private:
  std::size_t below(std::size_t count) { return random_() % std::max<std::size_t>(count, 1); }

  std::mt19937_64 random_{20261201};
};

std::vector<std::string> seeds_of(const FuzzTarget& target, const std::filesystem::path& corpus) {
  std::vector<std::string> seeds = target.seeds;
  if (!std::filesystem::is_directory(corpus / target.name)) return seeds;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / target.name)) {
    std::ifstream in(entry.path(), std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::sort(seeds.begin(), seeds.end());
  return seeds;
}

// What ends the program is then in the file "failed-<target>".
void run(const FuzzTarget& target, const std::string& bytes) {
  std::ofstream("failed-" + target.name, std::ios::binary) << bytes;
  target.run(bytes);
}

}  // namespace
}  // namespace cloud_billing

int main(int argc, char** argv) {
  using namespace cloud_billing;
  if (argc < 2) return 2;
  const int changed = argc > 2 ? std::atoi(argv[2]) : 0;
  bool all_tried = true;
  for (const FuzzTarget& target : fuzz_targets()) {
    std::printf("%s\n", target.name.c_str());
    std::fflush(stdout);  // the last one is that which fails
    const std::vector<std::string> seeds = seeds_of(target, argv[1]);
    for (const std::string& seed : seeds) run(target, seed);
    Changes changes;
    for (int i = 0; i < changed && !seeds.empty(); ++i) run(target, changes.of(seeds));
    std::filesystem::remove("failed-" + target.name);
    all_tried = all_tried && !seeds.empty();
  }
  return all_tried ? 0 : 1;
}
