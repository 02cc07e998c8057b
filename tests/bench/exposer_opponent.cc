// The opponent of scrape_bench: prometheus-cpp's Exposer with the series of a text. Reads the text
// from standard input, prints its port and serves until it is killed. A program of its own, because
// the Exposer comes with a web server that clashes with the exporter's.

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <unistd.h>

#include <cstddef>
#include <iostream>
#include <map>
#include <memory>
#include <string>

namespace {

// name="value",... without escapes.
std::map<std::string, std::string> read_labels(const std::string& text) {
  std::map<std::string, std::string> labels;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t equals = text.find('=', at);
    const std::size_t end = text.find('"', equals + 2);
    labels.emplace(text.substr(at, equals - at), text.substr(equals + 2, end - equals - 2));
    at = end + 2;
  }
  return labels;
}

}  // namespace

int main() {
  const auto registry = std::make_shared<prometheus::Registry>();
  std::map<std::string, prometheus::Family<prometheus::Gauge>*> families;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.rfind(' ');
    const std::size_t brace = std::min(line.find('{'), space);
    const std::string name = line.substr(0, brace);
    auto& family = families[name];
    if (family == nullptr) {
      family = &prometheus::BuildGauge().Name(name).Help("The same series.").Register(*registry);
    }
    const std::string labels = brace == space ? "" : line.substr(brace + 1, space - brace - 2);
    family->Add(read_labels(labels)).Set(std::stod(line.substr(space + 1)));
  }
  prometheus::Exposer exposer("127.0.0.1:0");
  exposer.RegisterCollectable(registry);
  std::cout << exposer.GetListeningPorts().at(0) << std::endl;
  while (true) ::pause();
}
