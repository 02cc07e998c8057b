#include "transport/proxy_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Variables = std::map<std::string, std::string, std::less<>>;

ProxyRules rules_of(const Variables& variables) {
  return ProxyRules::read([&variables](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

const Endpoint kCloud{"https", "billing.example", ""};

// The proxy for the endpoint in words, "directly", or what is wrong.
std::string route(const Variables& variables, const Endpoint& endpoint = kCloud) {
  const auto proxy = rules_of(variables).proxy_for(endpoint);
  if (!proxy) return proxy.error().message;
  return *proxy == nullptr ? "directly" : (*proxy)->in_words();
}

TEST(Proxy, IsTheFirstVariableThatIsSet) {
  EXPECT_EQ(route({}), "directly");
  EXPECT_EQ(route({{"https_proxy", ""}, {"HTTPS_PROXY", " "}}), "directly");
  EXPECT_EQ(route({{"https_proxy", "http://a:1"}, {"HTTPS_PROXY", "http://b:2"}}),
            "the proxy a:1 (https_proxy)");
  EXPECT_EQ(route({{"HTTPS_PROXY", "http://b:2"}, {"ALL_PROXY", "http://d:4"}}),
            "the proxy b:2 (HTTPS_PROXY)");
  EXPECT_EQ(route({{"all_proxy", "socks5h://c:3"}, {"ALL_PROXY", "http://d:4"}}),
            "the proxy c:3 (all_proxy)");
  EXPECT_EQ(route({{"ALL_PROXY", "http://d:4"}}), "the proxy d:4 (ALL_PROXY)");
  EXPECT_EQ(route({{"http_proxy", "http://e:5"}}), "directly") << "plain http stays on the machine";
}

TEST(Proxy, IsWrittenWithOrWithoutSchemePortAndSlash) {
  EXPECT_EQ(route({{"https_proxy", "10.0.0.1:3128"}}), "the proxy 10.0.0.1:3128 (https_proxy)");
  EXPECT_EQ(route({{"https_proxy", "http://[2001:db8::1]:3128/"}}),
            "the proxy [2001:db8::1]:3128 (https_proxy)");
  EXPECT_EQ(route({{"https_proxy", "http://p.example"}}), "the proxy p.example:1080 (https_proxy)");
  EXPECT_EQ(route({{"https_proxy", "https://p.example"}}), "the proxy p.example:443 (https_proxy)");
  EXPECT_EQ(route({{"https_proxy", "SOCKS5://ftp.example:1"}}),
            "the proxy ftp.example:1 (https_proxy)");
}

TEST(Proxy, KeepsUserAndPasswordApart) {
  const auto proxy = rules_of({{"https_proxy", "http://svc:Zk%2Fq7%40@127.0.0.1:3128"}});
  const auto found = proxy.proxy_for(kCloud);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ((*found)->user, "svc");
  EXPECT_EQ((*found)->password, "Zk/q7@");
  EXPECT_EQ((*found)->address, "http://127.0.0.1:3128");
  EXPECT_EQ((*found)->in_words(), "the proxy 127.0.0.1:3128 (https_proxy)");
}

TEST(Proxy, ThatIsNotUnderstoodIsExplainedWithoutItsValue) {
  struct Case {
    const char* value;
    const char* what;
  };
  for (const Case& c : {
           Case{"http://sesame:Zk/q7@127.0.0.1:3128", "port"},
           Case{"http://sesame:8080/q7@127.0.0.1:3128", "something follows"},
           Case{"http://sesame:8080#q7@127.0.0.1:3128", "something follows"},
           Case{"http://sesame:8080?q7@127.0.0.1:3128", "something follows"},
           Case{"http://sesame/q7@127.0.0.1:3128", "something follows"},
           Case{"http://svc:sesame@127.0.0.1:99999", "port"},
           Case{"http://svc:sesame@127.0.0.1:0", "port"},
           Case{"http://svc:sesame@127.0.0.1:http", "port"},
           Case{"ftp://svc:sesame@127.0.0.1:21", "scheme"},
           Case{"sesame://127.0.0.1:3128", "scheme"},
           Case{"http://svc:sesame@", "not the address"},
           Case{"http:// sesame", "not the address"},
       }) {
    EXPECT_THAT(route({{"HTTPS_PROXY", c.value}}),
                AllOf(HasSubstr("the variable HTTPS_PROXY is not understood"), HasSubstr(c.what),
                      HasSubstr("percent-encode"), Not(HasSubstr("sesame")), Not(HasSubstr("svc")),
                      Not(HasSubstr("q7"))))
        << c.value;
  }
}

TEST(Proxy, IsNeverUsedForLoopback) {
  const Variables all{{"https_proxy", "http://p:1"}, {"ALL_PROXY", "http://p:1"}};
  for (const char* host : {"127.0.0.1", "127.3.2.1", "[::1]", "localhost"}) {
    for (const char* scheme : {"http", "https"}) {
      EXPECT_EQ(route(all, {scheme, host, "8080"}), "directly") << host;
    }
  }
  EXPECT_EQ(route({{"https_proxy", "http://bad:port"}}, {"http", "127.0.0.1", "1"}), "directly");
}

TEST(NoProxy, NamesWhatIsReachedDirectly) {
  struct Case {
    const char* list;
    Endpoint endpoint;
    bool direct;
  };
  const Endpoint name = kCloud;
  const Endpoint port{"https", "billing.example", "8443"};
  const Endpoint v4{"https", "10.1.2.3", ""};
  const Endpoint v6{"https", "[2001:db8::7]", ""};
  for (const Case& c : {
           Case{"*", name, true},
           Case{"*", v6, true},
           Case{"billing.example", name, true},
           Case{"BILLING.Example.", name, true},
           Case{"example", name, true},
           Case{".example", name, true},
           Case{"*.example", name, true},
           Case{"a.example, \tbilling.example", name, true},
           Case{"illing.example", name, false},
           Case{"x.billing.example", name, false},
           Case{".", name, false},
           Case{"", name, false},
           Case{"billing.example:443", name, true},
           Case{"billing.example:443", port, false},
           Case{"billing.example:8443", port, true},
           Case{"10.1.2.3", v4, true},
           Case{"10.1.2.3:443", v4, true},
           Case{"10.0.0.0/8", v4, true},
           Case{"10.1.2.0/30", v4, true},
           Case{"10.1.2.4/30", v4, false},
           Case{"10.1.2.3/33", v4, false},
           Case{"10.1.2.3/x", v4, false},
           Case{"0.0.0.0/0", v4, true},
           Case{"2.3", v4, false},
           Case{"2001:db8::7", v6, true},
           Case{"[2001:DB8:0::7]", v6, true},
           Case{"[2001:db8::7]:443", v6, true},
           Case{"2001:db8::/32", v6, true},
           Case{"2001:db9::/32", v6, false},
           Case{"0.0.0.0/0", v6, false},
       }) {
    for (const char* variable : {"no_proxy", "NO_PROXY"}) {
      EXPECT_EQ(
          route({{"https_proxy", "http://p:1"}, {variable, c.list}}, c.endpoint) == "directly",
          c.direct)
          << c.list << " for " << c.endpoint.origin();
    }
  }
}

}  // namespace
}  // namespace cloud_billing
