#include "volcengine_catalogue.h"

#include <array>
#include <cstdio>

namespace simulator {
namespace {

constexpr std::array kProducts{
    VolcengineProduct{"ECS", "云服务器", "计算规格", "小时", 22, 2400, true, true},
    VolcengineProduct{"volume", "弹性块存储", "云盘容量", "GB*小时", 16, 340, true, true},
    VolcengineProduct{"EIP", "公网IP", "带宽", "Mbps*小时", 9, 280, true, true},
    VolcengineProduct{"CLB", "负载均衡", "实例", "小时", 5, 160, true, false},
    VolcengineProduct{"ALB", "应用型负载均衡", "LCU", "个*小时", 3, 190, true, false},
    VolcengineProduct{"NAT_Gateway", "NAT网关", "实例", "小时", 2, 210, true, true},
    VolcengineProduct{"VPN_Gateway", "VPN网关", "连接", "小时", 1, 130, true, true},
    VolcengineProduct{"Cloud_Connect", "云企业网", "带宽包", "Mbps*小时", 1, 450, false, true},
    VolcengineProduct{"TOS", "对象存储", "标准存储容量", "GB*小时", 7, 1900, true, false},
    VolcengineProduct{"vePFS", "文件存储vePFS", "容量", "GB*小时", 1, 5200, true, false},
    VolcengineProduct{"NAS", "文件存储", "容量", "GB*小时", 2, 480, true, false},
    VolcengineProduct{"CDN", "内容分发网络", "流量", "GB", 4, 5200, false, false},
    VolcengineProduct{"DCDN", "全站加速", "请求数", "万次", 2, 1600, false, false},
    VolcengineProduct{"VKE", "容器服务", "集群管理", "小时", 4, 520, true, false},
    VolcengineProduct{"CR", "镜像仓库", "实例", "小时", 1, 350, true, true},
    VolcengineProduct{"veFaaS", "函数服务", "资源使用量", "GB*秒", 2, 90, true, false},
    VolcengineProduct{"RDS_MySQL", "云数据库MySQL版", "实例规格", "小时", 5, 2800, true, true},
    VolcengineProduct{"RDS_PostgreSQL", "云数据库PostgreSQL版", "实例规格", "小时", 2, 2600, true,
                      true},
    VolcengineProduct{"veDB_MySQL", "云数据库veDB MySQL版", "实例规格", "小时", 1, 3900, true,
                      true},
    VolcengineProduct{"Redis", "缓存数据库Redis版", "分片容量", "小时", 5, 1300, true, true},
    VolcengineProduct{"MongoDB", "文档数据库MongoDB版", "实例规格", "小时", 2, 2100, true, true},
    VolcengineProduct{"Kafka", "消息队列Kafka版", "计算规格", "小时", 2, 3100, true, true},
    VolcengineProduct{"RocketMQ", "消息队列RocketMQ版", "计算规格", "小时", 1, 2200, true, true},
    VolcengineProduct{"EMR", "E-MapReduce", "核心节点", "小时", 1, 8800, true, true},
    VolcengineProduct{"ark_bd", "火山方舟", "推理输入tokens", "千tokens", 6, 7300, false, false},
    VolcengineProduct{"Doubao-image-generation", "豆包图像生成模型", "图片张数", "张", 2, 1500,
                      false, false},
    VolcengineProduct{"speech_tech", "语音技术", "合成字符", "万字符", 1, 640, false, false},
    VolcengineProduct{"TLS", "日志服务", "索引流量", "GB", 3, 860, true, false},
    VolcengineProduct{"VMP", "托管Prometheus", "写入量", "百万条", 2, 300, true, false},
    VolcengineProduct{"WAF", "Web应用防火墙", "实例", "小时", 1, 3300, false, true},
    VolcengineProduct{"VOD", "视频点播", "转码时长", "分钟", 1, 740, false, false},
    VolcengineProduct{"sms", "短信服务", "国内短信", "条", 1, 410, false, false},
    VolcengineProduct{"support", "技术支持服务", "支持计划", "月", 1, 2900, false, true},
};

constexpr std::array kPlaces{
    Place{"华北2（北京）", "R000305", "可用区A", "cn-beijing-a", 22},
    Place{"华北2（北京）", "R000305", "可用区B", "cn-beijing-b", 18},
    Place{"华东2（上海）", "R000310", "可用区B", "cn-shanghai-b", 14},
    // A published code and no zone.
    Place{"华北2（北京）", "R000305", "", "", 6},
    Place{"华东2（上海）", "R000310", "-", "-", 4},
    Place{"华北2（北京）", "R000305", "Zone1", "Zone1", 2},
    // Codes that were never published: only rows with a zone tell what they stand for.
    Place{"华南1（广州）", "R000340", "可用区A", "cn-guangzhou-a", 8},
    Place{"华南1（广州）", "R000340", "", "", 5},
    Place{"中国香港", "R000352", "可用区B", "cn-hongkong-b", 3},
    Place{"中国香港", "R000352", "-", "Zone1", 2},
    // No row tells.
    Place{"华东（金融云）", "R000671", "", "-", 3},
    Place{"", "", "", "", 7},
    Place{"-", "-", "-", "-", 3},
    Place{"", "-", "", "", 2},
};
constexpr std::size_t kRegionalPlaces = 11;

struct EnglishName {
  std::string_view chinese;
  std::string_view english;
};
constexpr std::array kEnglishNames{EnglishName{"华北2（北京）", "China (Beijing)"},
                                   EnglishName{"华东2（上海）", "China (Shanghai)"},
                                   EnglishName{"华南1（广州）", "China (Guangzhou)"},
                                   EnglishName{"中国香港", "China (Hong Kong)"},
                                   EnglishName{"华东（金融云）", "East China (Finance)"}};

}  // namespace

std::span<const VolcengineProduct> volcengine_products() { return kProducts; }

std::span<const Place> places() { return kPlaces; }

std::string_view region_name(const Place& place, bool in_english) {
  for (const EnglishName& name : kEnglishNames) {
    if (in_english && name.chinese == place.region) {
      return name.english;
    }
  }
  return place.region;
}

std::size_t regional_places() { return kRegionalPlaces; }

const VolcengineProduct& volcengine_product_model(std::size_t index) {
  return kProducts[index % kProducts.size()];
}

std::string volcengine_product_code(std::size_t index, std::size_t invented) {
  if (invented == 0) {
    return std::string(volcengine_product_model(index).code);
  }
  std::array<char, 32> code{};
  std::snprintf(code.data(), code.size(), "PROD%04zu", index + 1);
  return code.data();
}

std::string volcengine_product_name(std::size_t index, std::size_t invented) {
  return std::string(volcengine_product_model(index).name) +
         (invented == 0 ? "" : " " + std::to_string(index + 1) + "号");
}

}  // namespace simulator
