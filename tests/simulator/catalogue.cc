#include "catalogue.h"

#include <array>
#include <cstdio>

namespace simulator {
namespace {

constexpr std::array kServices{
    Service{"BCC",
            "云服务器",
            26,
            1850,
            true,
            true,
            "CPU:4核;内存:16GB;系统盘:40GB",
            {{"RunningTimeMinutes", "运行时长", "分钟"}, {"PublicImage", "镜像费用", "分钟"}}},
    Service{"CDS",
            "云磁盘服务",
            18,
            320,
            true,
            true,
            "容量:500G;类型:SSD云磁盘",
            {{"CdsSize", "磁盘容量", "GB*分钟"}, {"SnapshotSize", "快照容量", "GB*小时"}}},
    Service{"EIP",
            "弹性公网IP",
            10,
            260,
            true,
            true,
            "带宽:20Mbps;线路:标准型BGP",
            {{"BandwidthInBps", "带宽", "Mbps*分钟"}, {"WebOutBytes", "公网流出流量", "GB"}}},
    Service{"BLB",
            "负载均衡",
            6,
            140,
            true,
            false,
            "类型:应用型;规格:标准型2",
            {{"LcuCount", "LCU用量", "个*小时"}, {"RunningTimeMinutes", "实例时长", "分钟"}}},
    Service{
        "BOS",
        "对象存储",
        8,
        2100,
        true,
        false,
        "存储类型:标准存储",
        {{"StandardStorage", "标准存储空间", "GB*天"}, {"PublicOutTraffic", "外网流出流量", "GB"}}},
    Service{"CDN",
            "内容分发网络",
            5,
            5600,
            false,
            false,
            "计费方式:按流量",
            {{"CdnTraffic", "CDN流量", "GB"}, {"HttpsRequests", "HTTPS请求数", "万次"}}},
    Service{"SCS",
            "云数据库 SCS for Redis",
            6,
            1200,
            true,
            true,
            "容量:16G;副本数:2",
            {{"RunningTimeMinutes", "运行时长", "分钟"}, {"BackupSize", "备份容量", "GB*小时"}}},
    Service{"RDS",
            "云数据库 RDS",
            6,
            2600,
            true,
            true,
            "CPU:8核;内存:32GB;磁盘:500GB;MySQL 8.0",
            {{"RunningTimeMinutes", "运行时长", "分钟"}, {"DiskSize", "磁盘容量", "GB*分钟"}}},
    Service{"KAFKA",
            "消息服务 for Kafka",
            3,
            3400,
            true,
            true,
            "规格:kafka.g4.c4m16;节点数:3",
            {{"BrokerMinutes", "代理节点时长", "分钟"}, {"DiskSize", "磁盘容量", "GB*分钟"}}},
    Service{"BBC",
            "弹性裸金属服务器",
            2,
            21000,
            true,
            true,
            "套餐:BBC-G5-02S;GPU:A800*8",
            {{"RunningTimeMinutes", "运行时长", "分钟"}, {"ImageMinutes", "镜像费用", "分钟"}}},
    Service{"CCE",
            "容器引擎",
            3,
            480,
            true,
            false,
            "集群规模:200节点;托管集群",
            {{"ClusterMinutes", "集群管理时长", "分钟"}, {"PodMinutes", "容器组时长", "分钟"}}},
    Service{"AIP",
            "百度AI开放平台",
            4,
            900,
            false,
            false,
            "接口:通用文字识别(高精度版)",
            {{"ApiCalls", "接口调用次数", "次"}, {"QpsPackage", "QPS叠加包", "个*天"}}},
    Service{"DOC",
            "文档服务",
            2,
            150,
            false,
            false,
            "文档转码与存储",
            {{"TranscodePages", "转码页数", "页"}, {"StorageSize", "存储空间", "GB*天"}}},
    Service{"HTTPDNS",
            "移动域名解析",
            1,
            60,
            false,
            false,
            "解析次数包",
            {{"ResolveCount", "解析次数", "万次"}, {"DomainCount", "域名数", "个*天"}}},
};

constexpr std::array<std::string_view, 6> kRegions{"bj", "gz", "su", "bd", "fwh", "hkg"};

}  // namespace

std::span<const Service> services() { return kServices; }

std::span<const std::string_view> regions() { return kRegions; }

const Service& service_model(std::size_t index) { return kServices[index % kServices.size()]; }

std::string service_code(std::size_t index, std::size_t invented) {
  if (invented == 0) {
    return std::string(service_model(index).code);
  }
  std::array<char, 32> code{};
  std::snprintf(code.data(), code.size(), "SVC%04zu", index + 1);
  return code.data();
}

std::string service_name(std::size_t index, std::size_t invented) {
  return std::string(service_model(index).name) +
         (invented == 0 ? "" : " " + std::to_string(index + 1) + "号");
}

}  // namespace simulator
