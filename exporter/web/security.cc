#include "web/security.h"

#include "system/log.h"
#include "system/whole_file.h"

namespace cloud_billing {
namespace {

using Problems = std::vector<Error>;

void watch_pem_files(const WebConfig& config, SecretFiles& files) {
  if (!config.tls) return;
  for (const PemSource* source :
       {&config.tls->certificate, &config.tls->key, &config.tls->client_ca}) {
    if (!source->file.empty()) files.watch(source->file);
  }
}

}  // namespace

Result<WebConfig, Problems> read_web_config_file(const std::string& path) {
  const auto text = read_whole_file(path);
  if (!text) return Problems{Error{text.error().message + " (--web.config.file)"}};
  auto config = parse_web_config(*text, path);
  if (config && config->tls) {
    for (PemSource* source :
         {&config->tls->certificate, &config->tls->key, &config->tls->client_ca}) {
      source->file = path_named_in(path, source->file);
    }
  }
  return config;
}

Result<std::unique_ptr<WebSecurity>, Problems> WebSecurity::open(std::string path) {
  SecretFiles files;
  files.watch(path);  // before reading, so that no change is lost
  auto config = read_web_config_file(path);
  if (!config) return config.error();
  watch_pem_files(*config, files);
  std::unique_ptr<TlsContext> tls;
  if (config->tls) {
    auto loaded = TlsContext::load(*config->tls);
    if (!loaded) return Problems{loaded.error().with_prefix(path)};
    tls = std::move(loaded).value();
  }
  return std::unique_ptr<WebSecurity>(new WebSecurity(std::move(path), std::move(config).value(),
                                                      std::move(tls), std::move(files)));
}

WebSecurity::WebSecurity(std::string path, WebConfig config, std::unique_ptr<TlsContext> tls,
                         SecretFiles files)
    : path_(std::move(path)),
      tls_(std::move(tls)),
      users_(std::move(config.users)),
      files_(std::move(files)),
      headers_(std::move(config.headers)) {}

std::vector<std::pair<std::string, std::string>> WebSecurity::headers() const {
  const MutexLock lock(mutex_);
  return headers_;
}

void WebSecurity::follow_files() {
  if (files_.take_changed().empty()) return;
  const Result<void, Problems> reloaded = reload();
  if (reloaded) {
    log_info("web configuration reloaded", {{"file", path_}});
  } else {
    log_error("the web configuration was not reloaded, the one before stays",
              {{"error", join_lines(reloaded.error())}});
  }
}

Result<void, Problems> WebSecurity::reload() {
  SecretFiles files;
  files.watch(path_);
  auto config = read_web_config_file(path_);
  if (!config) return config.error();
  watch_pem_files(*config, files);
  files_ = std::move(files);
  if (config->tls.has_value() != (tls_ != nullptr)) {
    return Problems{Error{path_ + ": switching tls_server_config on or off needs a restart"}};
  }
  // A file that is being written may be empty for a moment, which must not open everything.
  if (config->users.empty() && users_.asks()) {
    return Problems{Error{path_ + ": doing without basic_auth_users needs a restart"}};
  }
  if (tls_) {
    const Status reloaded = tls_->reload(*config->tls);
    if (!reloaded) return Problems{reloaded.error().with_prefix(path_)};
  }
  users_.replace(config->users);
  const MutexLock lock(mutex_);
  headers_ = config->headers;
  return {};
}

}  // namespace cloud_billing
