"""An authority of the test's own and what it signs, as real ones do: with every extension that a
strict verifier asks for (RFC 5280, section 4.2). Python 3.13 is one; `strict_context` makes one of
the others."""

import os
import ssl
import subprocess

NEW_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
OF_AN_AUTHORITY = """
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
"""
OF_WHAT_IT_SIGNS = """
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
subjectAltName = {san}
"""


class Certificates:
    def __init__(self, directory):
        self.directory = directory
        self.authority("ca")

    def path(self, name):
        return str(self.directory / name)

    def _openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, timeout=60)

    def _write(self, name, text):
        (self.directory / name).write_text(text)
        return self.path(name)

    def authority(self, name):
        # The machine's own settings would add extensions a second time.
        settings = self._write(f"{name}.conf", "[req]\ndistinguished_name = name\n"
                               f"x509_extensions = extensions\n[name]\n[extensions]{OF_AN_AUTHORITY}")
        self._openssl("req", "-x509", *NEW_KEY, "-config", settings, "-subj", f"/CN={name}",
                      "-days", "2", "-keyout", self.path(f"{name}.key"),
                      "-out", self.path(f"{name}.pem"))

    def issue(self, name, san, ca="ca"):
        """<name>.pem and <name>.key, written anew where they exist."""
        self._openssl("req", *NEW_KEY, "-subj", f"/CN={name}", "-keyout", self.path(f"{name}.new"),
                      "-out", self.path(f"{name}.csr"))
        self._openssl("x509", "-req", "-in", self.path(f"{name}.csr"), "-days", "2",
                      "-CA", self.path(f"{ca}.pem"), "-CAkey", self.path(f"{ca}.key"),
                      "-CAcreateserial",
                      "-extfile", self._write(f"{name}.ext", OF_WHAT_IT_SIGNS.format(san=san)),
                      "-out", self.path(f"{name}.crt"))
        os.replace(self.path(f"{name}.new"), self.path(f"{name}.key"))
        os.replace(self.path(f"{name}.crt"), self.path(f"{name}.pem"))

    def strict_context(self):
        """A client that trusts the authority and forgives nothing, whatever Python's version."""
        context = ssl.create_default_context(cafile=self.path("ca.pem"))
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        return context
