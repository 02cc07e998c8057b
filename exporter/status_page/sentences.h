#pragma once

// All that the status page says, in one language: not a word of prose stands elsewhere. Each
// section's table has the two languages side by side in its source. Pure, any thread.

#include "status_page/attention_sentences.h"
#include "status_page/choice_sentences.h"
#include "status_page/language.h"
#include "status_page/money_sentences.h"
#include "status_page/page_sentences.h"
#include "status_page/plot_sentences.h"
#include "status_page/poll_sentences.h"
#include "status_page/runs_out_sentences.h"
#include "status_page/table_sentences.h"
#include "status_page/time_sentences.h"

namespace cloud_billing {

struct Sentences {
  Language language;
  const PageSentences& page;
  const AttentionSentences& attention;
  const ChoiceSentences& choices;
  const MoneySentences& money;
  const PollSentences& polls;
  const TableSentences& table;
  const TimeSentences& times;
  const PlotSentences& plots;
  const RunsOutSentences& runs_out;
};

[[nodiscard]] const Sentences& sentences_in(Language language);

}  // namespace cloud_billing
