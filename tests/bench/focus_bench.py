"""What a FOCUS file of a million rows costs: rows per second of a core, and memory, for each provider. Beside it, where
decode_bench is built, what nlohmann/json's parser takes for as many rows: how fast the machine is just now.

Runs the exporter and the simulator from the environment (CLOUD_BILLING_EXPORTER, CLOUD_SIMULATOR), as `make bench`
sets them. Reports; nothing fails by being slow.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from harness import EXPORTER, EndToEndTest, billing_months, main, make_account, make_config  # noqa: E402
from providers import BAIDU, VOLCENGINE  # noqa: E402

# Enough accounts that the rates, which are each account's own, do not make it wait.
ACCOUNTS, ROWS = 100, 10_000


def parsing_seconds():
    """Of a core, for a row of Baidu's bill with nlohmann/json's parser; nothing without decode_bench."""
    bench = pathlib.Path(EXPORTER).with_name("decode_bench")
    if not bench.exists():
        return None
    run = subprocess.run([bench, "--benchmark_filter=parse_with_nlohmann_sax", "--benchmark_format=json"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return 1 / json.loads(run.stdout)["benchmarks"][0]["items_per_second"]


class Focus(EndToEndTest):
    def test_a_million_rows(self):
        cloud = self.start_simulator(f"--accounts={ACCOUNTS}", f"--rows={ROWS}")
        for provider in (BAIDU, VOLCENGINE):
            config = self.write_config(make_config(
                [make_account(cloud, index, provider, collectors=["bills"]) for index in range(1, ACCOUNTS + 1)]))
            with tempfile.TemporaryDirectory(dir=self.directory) as folder:
                output = pathlib.Path(folder) / "focus.csv"
                program = subprocess.Popen(
                    [EXPORTER, f"--config.file={config}", f"--focus.output={output}",
                     f"--focus.month={billing_months()['previous']}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                _, status, used = os.wait4(program.pid, 0)
                program.returncode = os.waitstatus_to_exitcode(status)
                self.assertEqual(program.returncode, 0)
                with output.open("rb") as lines:
                    rows = sum(1 for _ in lines) - 1  # the generated rows hold no line break
            self.assertEqual(rows, ACCOUNTS * ROWS)
            cpu = used.ru_utime + used.ru_stime
            parsing = parsing_seconds()
            print(f"  FOCUS of {provider.name}: {rows} rows, {rows / cpu:.0f} rows per second of a core, "
                  f"highest resident memory {used.ru_maxrss / 1024:.0f} MiB"
                  + (f"; {cpu / rows / parsing:.2f} times nlohmann's parser on a row of Baidu's" if parsing else ""),
                  flush=True)


if __name__ == "__main__":
    main()
