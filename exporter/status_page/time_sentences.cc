#include "status_page/time_sentences.h"

namespace cloud_billing {

constexpr TimeSentences kEnglishTimes{
    .months = {"January", "February", "March", "April", "May", "June", "July", "August",
               "September", "October", "November", "December"},
    .short_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                     "Dec"},
    .month = "{0} {1}",
    .day = "{1} {0}",
    .days = "{0} to {1}",
    .day_time = "{0} {1}",
    .china_time = "{0} UTC+8",
    .in_zone = "{0} ({1})",
    .whole_days = {"{0} day", "{0} days"},
    .hours = "{0} h",
    .minutes = "{0} min",
    .seconds = "{0} s",
    .ago = "{0} ago",
    .ahead = "in {0}",
    .under_way = "under way",
    .comma = ", ",
};

constexpr TimeSentences kChineseTimes{
    .months = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
    .short_months = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
    .month = "{1}年{0}月",
    .day = "{0}月{1}日",
    .days = "{0}至{1}",
    .day_time = "{0} {1}",
    .china_time = "{0}（北京时间）",
    .in_zone = "{0}（{1}）",
    .whole_days = "{0} 天",
    .hours = "{0} 小时",
    .minutes = "{0} 分钟",
    .seconds = "{0} 秒",
    .ago = "{0}前",
    .ahead = "{0}后",
    .under_way = "进行中",
    .comma = "、",
};

}  // namespace cloud_billing
