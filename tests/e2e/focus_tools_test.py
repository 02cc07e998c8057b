"""The FOCUS file in the hands of others: the official validator finds only what the manual says that it does, and the
manual's commands and questions give what follows from the file by arithmetic of its own.

Needs Python 3.12 or newer and packages from a registry; they are installed once, into FOCUS_TOOLS. Without them the
tests are skipped, and say why.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
from decimal import Decimal

from exact_amounts_test import demo_config
from focus_test import add_up, closed_months
from harness import EXPORTER, REPOSITORY, EndToEndTest, Simulator, main

# The validator pins a numpy that newer pyarrows do not take.
VALIDATOR = ("focus-validator==2.2.1", "pyarrow<22", "duckdb-cli")
CLICKHOUSE = ("chdb",)  # ClickHouse as a library
MANUALS = ("docs/focus.md", "docs/zh/focus.md")
CRITERIA = "REGION_SUPPORTED,TAGGING_SUPPORTED,SUB_ACCOUNT_SUPPORTED,MULTIPLE_PRICING_CATEGORIES_SUPPORTED"
SHARE = ("Usage", "amortized")  # category and basis of what a purchase costs in a month


def find_python():
    """A Python that the validator runs with, the oldest first."""
    places = [shutil.which(f"python3.{minor}") for minor in range(12, 20)] + [shutil.which("python3")]
    places += sorted(map(str, pathlib.Path.home().glob(".pyenv/versions/3.*/bin/python3")))
    for place in filter(None, places):
        asked = subprocess.run([place, "-c", "import sys, venv; sys.exit(sys.version_info < (3, 12))"],
                               capture_output=True)
        if asked.returncode == 0:
            return place
    raise unittest.SkipTest("no Python 3.12 or newer is installed")


def install(name, packages):
    """A virtual environment that has them; its folder of programs."""
    tools = pathlib.Path(os.environ.get("FOCUS_TOOLS", "build/focus_tools")).absolute() / name
    done = tools / "installed"
    wanted = "\n".join(packages)
    if done.exists() and done.read_text() == wanted:
        return tools / "bin"
    shutil.rmtree(tools, ignore_errors=True)
    subprocess.run([find_python(), "-m", "venv", tools], check=True)
    pip = subprocess.run([tools / "bin/python", "-m", "pip", "install", "--quiet", *packages], capture_output=True,
                         text=True, timeout=1800)
    if pip.returncode != 0:
        raise unittest.SkipTest(f"{', '.join(packages)} cannot be installed: {pip.stderr.strip()[-500:]}")
    done.write_text(wanted)
    return tools / "bin"


def code_blocks(manual, language):
    text = (REPOSITORY / manual).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


# No invoice is told; purchases that are not amortised cost what they bill; words are the cloud's, where the validator
# wants ASCII and FOCUS allows any text.
BROKEN_RULES = {"InvoiceId-C-005-C", "EffectiveCost-C-005-C"} | {
    "PricingUnit-C-000-M", "PricingUnit-C-002-M", "PricingUnit-C-003-O", "RegionName-C-000-C", "RegionName-C-002-M",
    "RegionId-C-000-C", "RegionId-C-002-M"}


def rules_named_in(manual):
    """The validator's rules that the manual says the file breaks."""
    return set(re.findall(r"`(\w+-C-\d{3}-[A-Z])`", (REPOSITORY / manual).read_text("utf-8")))


class FocusTools(EndToEndTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tools = install("validator", VALIDATOR)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="cloud-billing-focus-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        simulator = Simulator(cls.folder, "--demo")
        cls.addClassCleanup(simulator.kill)
        (cls.folder / "config.yml").write_text(demo_config(simulator), "utf-8")
        # One of the demo's keys may not read its bill: exit code 1.
        months = [f"--focus.month={month}" for month in closed_months()]
        run = subprocess.run([EXPORTER, "--config.file=config.yml", "--focus.output=focus.csv", *months],
                             cwd=cls.folder, capture_output=True, text=True, timeout=600)
        assert run.returncode == 1 and run.stderr.count("not in the file") == len(months), run.stderr
        with open(cls.folder / "focus.csv", encoding="utf-8", newline="") as file:
            cls.rows = list(csv.DictReader(file, strict=True))

    def shell(self, command, status=0):
        run = subprocess.run(["sh", "-ec", command], cwd=self.folder, capture_output=True, text=True, timeout=600,
                             env={**os.environ, "PATH": f"{self.tools}:{os.environ['PATH']}"})
        self.assertEqual(run.returncode, status, f"{command}\n{run.stdout}{run.stderr}")
        return run.stdout

    def load(self, manual):
        """The manual's table and Parquet file."""
        for name in ("bill.db", "focus.parquet"):
            (self.folder / name).unlink(missing_ok=True)
        for command in code_blocks(manual, "sh"):
            if command.startswith("duckdb"):
                self.shell(command)

    def ask(self, question):
        """The lines of an answer, each by its columns."""
        return list(csv.DictReader(self.shell(f"duckdb -csv bill.db <<'END'\n{question}\nEND").splitlines()))

    def test_the_official_validator_finds_what_the_manual_says(self):
        self.load(MANUALS[0])
        for manual in MANUALS:
            self.assertEqual(rules_named_in(manual), BROKEN_RULES, manual)
        # It opens a file of its own by a relative path, and exits 0 whatever it finds.
        packages = self.shell("python -c 'import sysconfig; print(sysconfig.get_paths()[\"purelib\"])'").strip()
        report = self.shell(f"cd '{packages}'; focus-validator --data-file '{self.folder}/focus.parquet' "
                            f"--validate-version 1.2 --block-download --show-violations "
                            f"--applicability-criteria {CRITERIA}")
        counts = re.search(r"Total: (\d+) \| Pass: (\d+) \| Fail: (\d+) \| Skipped: (\d+)", report)
        self.assertIsNotNone(counts, report[-2000:])
        total, passed, failed, _ = map(int, counts.groups())
        found = set(re.findall(r"^❌ (\S+): FAIL", report, re.MULTILINE))
        print(counts[0], *sorted(found))
        self.assertEqual(len(found), failed)
        self.assertLessEqual(found, BROKEN_RULES, report[-4000:])
        self.assertIn("InvoiceId-C-005-C", found)
        self.assertGreater(passed, 150)
        self.assertGreater(total, 500)

    def test_the_parquet_file_is_the_bill_to_the_last_digit(self):
        for manual in MANUALS:
            self.load(manual)
            for column in ("BilledCost", "EffectiveCost", "ListCost", "ContractedCost"):
                answer = self.ask(f"SELECT sum({column}) AS cost FROM 'focus.parquet'")
                self.assertEqual(Decimal(answer[0]["cost"]), sum(Decimal(row[column]) for row in self.rows), column)

    def test_the_five_questions_are_answered(self):
        self.assertEqual(code_blocks(MANUALS[0], "sql"), code_blocks(MANUALS[1], "sql"))
        questions = code_blocks(MANUALS[0], "sql")
        self.assertEqual(len(questions), 5)
        self.load(MANUALS[0])
        accounts, resources, teams, categories, saved = map(self.ask, questions)
        rows = self.rows

        of_month = ("x_Account", "x_BillingMonth", "BillingCurrency")
        key = lambda line, names: tuple(line[name] for name in names)  # noqa: E731
        for answer, column in (("billed", "BilledCost"), ("effective", "EffectiveCost")):
            self.assertEqual({key(line, of_month): Decimal(line[answer]) for line in accounts},
                             add_up(rows, column, *of_month))

        of_resource = ("x_Account", "ServiceName", "ResourceId", "BillingCurrency")
        costs = add_up([row for row in rows if row["ResourceId"]], "EffectiveCost", *of_resource)
        self.assertEqual([Decimal(line["cost"]) for line in resources], sorted(costs.values(), reverse=True)[:10])
        for line in resources:
            self.assertEqual(Decimal(line["cost"]), costs[key(line, of_resource)])

        for row in rows:
            team = json.loads(row["Tags"]).get("team") if row["Tags"] else None
            row["team"] = "no team" if team is None else "true" if team is True else team
        self.assertEqual({key(line, ("team", "BillingCurrency")): Decimal(line["cost"]) for line in teams},
                         add_up(rows, "EffectiveCost", "team", "BillingCurrency"))
        self.assertGreater(len(teams), 5)

        of_category = ("ServiceCategory", "ProviderName", "BillingCurrency")
        self.assertEqual({key(line, of_category): Decimal(line["cost"]) for line in categories},
                         add_up(rows, "EffectiveCost", *of_category))

        bought = [row for row in rows if (row["ChargeCategory"], row["x_EffectiveCostBasis"]) != SHARE]
        before, after = (add_up(bought, column, *of_month) for column in ("ListCost", "ContractedCost"))
        self.assertEqual({key(line, of_month): Decimal(line["saved"]) for line in saved},
                         {month: before[month] - after[month] for month in before})

    def test_clickhouse_adds_up_exactly(self):
        """The manual's query; of the program's own flags there is none."""
        python = install("clickhouse", CLICKHOUSE) / "python"
        commands = [command for manual in MANUALS for command in code_blocks(manual, "sh")
                    if command.startswith("clickhouse local")]
        self.assertEqual(len(commands), 2)
        for command in commands:
            query = re.fullmatch(r'clickhouse local --query "([^"]+)"\n', command)[1]
            run = subprocess.run([python, "-c", "import chdb, sys; print(chdb.query(sys.argv[1], 'CSV'))", query],
                                 cwd=self.folder, capture_output=True, text=True, timeout=600)
            self.assertEqual(run.returncode, 0, run.stderr)
            lines = [line for line in csv.reader(run.stdout.splitlines()) if line]
            self.assertEqual({(month, currency): Decimal(cost) for month, currency, cost in lines},
                             add_up(self.rows, "BilledCost", "x_BillingMonth", "BillingCurrency"))


if __name__ == "__main__":
    main()
