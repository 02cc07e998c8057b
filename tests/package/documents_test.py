"""What is installed of the documents leads somewhere: their links, and the alerts' runbook."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["CLOUD_BILLING_BUILD"])
DOCUMENTS = "usr/share/doc/cloud-billing-exporter"
# These are about the source, and stay there; the package has them as changelog.gz and copyright.
OF_THE_SOURCE = {"ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "RELEASING.md", "LICENSE", "helm"}


def links_of(text):
    """Those to other files, with their anchors."""
    found = re.findall(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"", text)
    return {link or source for link, source in found
            if re.sub(r"^(\.\./)+", "", link or source).split("/")[0] not in OF_THE_SOURCE}


def anchors_of(text):
    """As they are made of headings."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", text, re.M)}


class DocumentsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", "/usr"], check=True,
                       env={**os.environ, "DESTDIR": directory.name}, stdout=subprocess.DEVNULL)
        cls.root = pathlib.Path(directory.name)
        cls.documents = cls.root / DOCUMENTS

    def check_link(self, folder, link):
        path, _, anchor = link.partition("#")
        target = folder / path
        self.assertTrue(target.exists(), f"{link} leads nowhere")
        self.assertIn(self.root, target.resolve().parents)
        if anchor:
            self.assertIn(anchor, anchors_of(target.read_text("utf-8")), link)

    def test_links_of_the_documents_lead_somewhere(self):
        checked = 0
        for path in [*self.documents.glob("*.md"), *self.documents.glob("docs/**/*.md")]:
            for link in sorted(links_of(path.read_text("utf-8"))):
                if link.startswith(("http:", "https:")):
                    continue
                with self.subTest(document=path.name, link=link):
                    self.check_link(path.parent, path.name + link if link[0] == "#" else link)
                    checked += 1
        self.assertGreater(checked, 20)

    def test_every_alert_leads_to_its_section_of_the_runbook(self):
        for name in ("rules.yml", "rules.zh.yml"):
            rules = (self.root / "usr/share/cloud-billing-exporter/prometheus" / name).read_text("utf-8")
            runbooks = re.findall(r"^ +runbook_url: 'https://[^/']+/([^']+)'$", rules, re.M)
            self.assertGreater(len(runbooks), 10)
            for link in runbooks:
                with self.subTest(rules=name, link=link):
                    self.check_link(self.documents, link)


if __name__ == "__main__":
    unittest.main()
