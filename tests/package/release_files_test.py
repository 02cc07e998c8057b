"""What a release is written with: the archive of images, the bill of materials, and what stops a release.
tests/package does not compile one: scripts/check-reproducible does, in `make test-long`."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = REPOSITORY / "scripts/release"
HEALTH_CHECK = {"Test": ["CMD", "/usr/bin/container_probe"]}
COMPONENTS = """SYSTEM\tdebian-12
COMPILED_IN\tcivetweb\t1.16+dfsg-2+deb13u1\tsource\tcivetweb
COMPILED_IN\tnlohmann-json3-dev\t3.11.2-2\tall\tnlohmann-json3
CONTAINED\tlibyaml-cpp0.7\t0.7.0+dfsg-8+b1\tarm64\tyaml-cpp
LOADED\tlibyaml-cpp0.7\t0.7.0+dfsg-8+b1\tarm64\tyaml-cpp
LOADED\tlibc6\t2.36-9\tarm64\tglibc
"""


def digest_of(content):
    return hashlib.sha256(content).hexdigest()


class Temporary(unittest.TestCase):

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = pathlib.Path(directory.name)


class ArchiveOfImages(Temporary):

    def save_image(self, architecture):
        """As `buildah push dir:` does."""
        directory = self.directory / architecture
        directory.mkdir()
        config = json.dumps({"os": "linux", "architecture": architecture,
                             "container": os.urandom(8).hex(), "rootfs": {"diff_ids": []},
                             "config": {"Healthcheck": HEALTH_CHECK, "Hostname": os.urandom(8).hex(),
                                        "Labels": {"io.buildah.version": "1", "title": "exporter"}}}).encode()
        layer = b"files for " + architecture.encode()
        for content in (config, layer):
            (directory / digest_of(content)).write_bytes(content)
        (directory / "manifest.json").write_text(json.dumps({
            "schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
            "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(config),
                       "digest": "sha256:" + digest_of(config)},
            "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip",
                        "size": len(layer), "digest": "sha256:" + digest_of(layer)}]}), "utf-8")
        return directory

    def write(self, name, *images):
        path = self.directory / name
        subprocess.run([sys.executable, "-B", SCRIPTS / "write_oci_archive.py", path, "exporter:1.2.3", *images],
                       check=True)
        return path

    def test_names_an_image_for_each_architecture_and_keeps_its_health_check(self):
        path = self.write("image.tar", self.save_image("amd64"), self.save_image("arm64"))
        with tarfile.open(path) as archive:
            def read(name):
                return archive.extractfile(name).read()

            def follow(descriptor):
                content = read("blobs/" + descriptor["digest"].replace(":", "/"))
                self.assertEqual(descriptor["size"], len(content))
                self.assertEqual(descriptor["digest"], "sha256:" + digest_of(content))
                self.assertTrue(descriptor["mediaType"].startswith("application/vnd.oci.image."))
                return content

            self.assertEqual(json.loads(read("oci-layout")), {"imageLayoutVersion": "1.0.0"})
            [index] = json.loads(read("index.json"))["manifests"]
            self.assertEqual(index["annotations"], {"org.opencontainers.image.ref.name": "exporter:1.2.3"})
            manifests = json.loads(follow(index))["manifests"]
            self.assertEqual([manifest["platform"] for manifest in manifests],
                             [{"os": "linux", "architecture": name} for name in ("amd64", "arm64")])
            for manifest in manifests:
                described = json.loads(follow(manifest))
                config = json.loads(follow(described["config"]))
                self.assertEqual(config["config"], {"Healthcheck": HEALTH_CHECK, "Labels": {"title": "exporter"}})
                self.assertEqual(config["architecture"], manifest["platform"]["architecture"])
                self.assertIn(config["architecture"].encode(), follow(described["layers"][0]))

    def test_the_same_images_give_the_same_bytes(self):
        first = self.write("first.tar", self.save_image("amd64"), self.save_image("arm64"))
        shutil.rmtree(self.directory / "amd64")
        shutil.rmtree(self.directory / "arm64")  # built anew, by other containers on another day
        second = self.write("second.tar", self.save_image("amd64"), self.save_image("arm64"))
        self.assertEqual(second.read_bytes(), first.read_bytes())

    def test_a_part_with_other_content_than_its_digest_is_refused(self):
        image = self.save_image("amd64")
        (image / digest_of(b"files for amd64")).write_bytes(b"others")
        with self.assertRaises(subprocess.CalledProcessError):
            self.write("image.tar", image)


class BillOfMaterials(Temporary):

    def setUp(self):
        super().setUp()
        self.files, self.parts = self.directory / "files", self.directory / "parts"
        for directory in (self.files, self.parts):
            directory.mkdir()
        (self.files / "exporter-linux-arm64.tar.gz").write_bytes(b"a tarball")
        (self.files / "exporter-1.tgz").write_bytes(b"a chart")
        (self.files / "SHA256SUMS").write_text("of the time before")
        (self.parts / "exporter-linux-arm64.tar.gz.components").write_text(COMPONENTS)

    def write(self):
        written = subprocess.run(
            [sys.executable, "-B", SCRIPTS / "write_sbom.py", self.files, self.parts, "1.2.3", "abc", "1760000000"],
            check=True, capture_output=True)
        return written.stdout

    def test_describes_each_file_and_what_it_is_made_of(self):
        document = json.loads(self.write())
        self.assertEqual(document["spdxVersion"], "SPDX-2.3")
        self.assertEqual(document["creationInfo"]["created"], "2025-10-09T08:53:20Z")
        packages = {package["SPDXID"]: package for package in document["packages"]}
        self.assertEqual(len(packages), len(document["packages"]))
        ids = {*packages, "SPDXRef-DOCUMENT"}
        found = set()
        for relation in document["relationships"]:
            self.assertLessEqual({relation["spdxElementId"], relation["relatedSpdxElement"]}, ids)
            found.add(tuple(packages.get(relation[end], {"name": "document"})["name"] if end in relation
                            else relation["relationshipType"]
                            for end in ("spdxElementId", "kind", "relatedSpdxElement")))
        tarball = "exporter-linux-arm64.tar.gz"
        self.assertEqual(found, {
            ("document", "DESCRIBES", tarball), ("document", "DESCRIBES", "exporter-1.tgz"),
            ("civetweb", "BUILD_DEPENDENCY_OF", tarball),
            ("nlohmann-json3-dev", "BUILD_DEPENDENCY_OF", tarball),
            (tarball, "CONTAINS", "libyaml-cpp0.7"), (tarball, "DYNAMIC_LINK", "libc6")})
        [sums] = [package["checksums"] for package in packages.values() if package["name"] == tarball]
        self.assertEqual(sums, [{"algorithm": "SHA256", "checksumValue": digest_of(b"a tarball")}])

    def test_names_components_as_scanners_look_for_them(self):
        document = json.loads(self.write())
        found = {reference["referenceLocator"] for package in document["packages"]
                 for reference in package.get("externalRefs", [])}
        self.assertEqual(found, {
            "pkg:deb/debian/civetweb@1.16%2Bdfsg-2%2Bdeb13u1?arch=source&distro=debian-12",
            "pkg:deb/debian/nlohmann-json3-dev@3.11.2-2?arch=all&distro=debian-12&upstream=nlohmann-json3",
            "pkg:deb/debian/libyaml-cpp0.7@0.7.0%2Bdfsg-8%2Bb1?arch=arm64&distro=debian-12&upstream=yaml-cpp",
            "pkg:deb/debian/libc6@2.36-9?arch=arm64&distro=debian-12&upstream=glibc"})

    def test_names_no_distribution_for_a_source_of_ones_own(self):
        [listed] = self.parts.iterdir()
        listed.write_text("SYSTEM\tdebian-12\nCOMPILED_IN\tcivetweb\t1.16\tupstream\tcivetweb\n")
        [component] = [package for package in json.loads(self.write())["packages"] if package["name"] == "civetweb"]
        self.assertEqual(component["supplier"], "NOASSERTION")
        self.assertEqual([reference["referenceLocator"] for reference in component["externalRefs"]],
                         ["pkg:generic/civetweb@1.16"])

    def test_the_same_files_give_the_same_bytes(self):
        self.assertEqual(self.write(), self.write())


class RootOfAnImage(Temporary):
    """Programs of the system stand for the exporter."""

    def collect(self, *programs, **variables):
        return subprocess.run([REPOSITORY / "scripts/collect-root", self.directory / "root", *programs],
                              env={**os.environ, **variables}, capture_output=True, text=True)

    @unittest.skipUnless(os.geteuid() == 0, "files of another user are made")
    def test_holds_the_programs_and_what_they_load(self):
        collected = self.collect("/bin/cat", "/bin/sh")
        self.assertEqual((collected.returncode, collected.stderr), (0, ""))
        root = self.directory / "root"
        self.assertTrue((root / "usr/bin/cat").is_file())
        self.assertTrue((root / "usr/bin/sh").is_file())
        self.assertTrue(list(root.glob("**/libc.so.6")))
        self.assertTrue(list(root.glob("lib*/**/ld-linux-*")))

    def test_is_a_failure_if_it_would_lack_a_library_of_any_program(self):
        (self.directory / "no-program").write_text("#!/bin/sh\n")
        collected = self.collect(self.directory / "no-program", "/bin/cat")
        self.assertNotEqual(collected.returncode, 0)
        self.assertIn("is not known", collected.stderr)
        self.assertFalse((self.directory / "root/etc/nsswitch.conf").exists())

    def test_is_a_failure_if_a_program_cannot_be_stripped(self):
        self.assertNotEqual(self.collect("/bin/cat", STRIP="false").returncode, 0)
        self.assertFalse((self.directory / "root/etc/nsswitch.conf").exists())


@unittest.skipUnless(shutil.which("dpkg-query"), "components are found by dpkg")
class ListOfComponents(Temporary):
    """Of a program that was compiled from one header of the system, as ninja tells of it."""

    def setUp(self):
        super().setUp()
        self.scripts = self.directory / "tree/scripts/release"
        self.scripts.mkdir(parents=True)
        for name in ("list-components", "list-libraries"):
            shutil.copy(SCRIPTS / name, self.scripts)
        self.civetweb = self.directory / "tree/build/civetweb"
        self.civetweb.mkdir(parents=True)
        (self.civetweb / ".debian-source").write_text("civetweb_1.16+dfsg-2+deb13u1\nSHA256:00\n")
        (self.directory / "build/bin").mkdir(parents=True)
        shutil.copy("/bin/cat", self.directory / "build/bin/cloud_billing_exporter")
        self.header = next(path for path in (pathlib.Path("/usr/include/stdio.h"), pathlib.Path("/usr/bin/dpkg"))
                           if path.exists())
        self.tell_of_headers(f"echo 'a.o: #deps 1'; echo '    {self.header}'")

    def tell_of_headers(self, command):
        (self.directory / "bin").mkdir(exist_ok=True)
        (self.directory / "bin/ninja").write_text(f"#!/bin/sh\n{command}\n")
        (self.directory / "bin/ninja").chmod(0o755)

    def list(self):
        return subprocess.run([self.scripts / "list-components", self.directory / "build"], text=True,
                              env={**os.environ, "PATH": f"{self.directory}/bin:{os.environ['PATH']}"},
                              capture_output=True)

    def test_is_found_from_what_was_compiled_in_and_what_is_loaded(self):
        listed = self.list()
        self.assertEqual((listed.returncode, listed.stderr), (0, ""))
        lines = listed.stdout.splitlines()
        self.assertTrue(lines[0].startswith("SYSTEM\t"))
        self.assertEqual(lines[1], "COMPILED_IN\tcivetweb\t1.16+dfsg-2+deb13u1\tsource\tcivetweb")
        owner = subprocess.run(["dpkg", "-S", self.header], check=True, capture_output=True, text=True)
        self.assertIn(f"COMPILED_IN\t{owner.stdout.partition(':')[0]}\t", listed.stdout)
        self.assertRegex(listed.stdout, r"(?m)^LOADED\tlibc6\t")

    def test_names_no_package_of_a_civetweb_that_is_not_debians(self):
        (self.civetweb / ".debian-source").unlink()
        self.assertNotEqual(self.list().returncode, 0)
        (self.civetweb / "include").mkdir()
        (self.civetweb / "include/civetweb.h").write_text('#define CIVETWEB_VERSION "1.16"\n')
        listed = self.list()
        self.assertEqual((listed.returncode, listed.stderr), (0, ""))
        self.assertIn("COMPILED_IN\tcivetweb\t1.16\tupstream\tcivetweb\n", listed.stdout)

    def test_is_a_failure_if_nobody_tells_what_was_compiled_in(self):
        for command in ("exit 1", "true"):
            with self.subTest(command):
                self.tell_of_headers(command)
                self.assertNotEqual(self.list().returncode, 0)


class Versions(unittest.TestCase):

    def test_are_the_same_wherever_they_stand(self):
        found = {}
        for path, pattern in (("CMakeLists.txt", r"^project\(\S+ VERSION (\S+)"),
                              ("Dockerfile", r"^ARG VERSION=(\S+)"),
                              ("helm/cloud-billing-exporter/Chart.yaml", r"^appVersion: \"(.*)\""),
                              ("helm/cloud-billing-exporter/Chart.yaml", r"^ +image: cloud-billing-exporter:(\S+)")):
            [found[path, pattern]] = re.findall(pattern, (REPOSITORY / path).read_text("utf-8"), re.M)
        self.assertEqual(len(set(found.values())), 1, found)


class StartOfARelease(Temporary):

    def test_is_a_failure_if_there_is_nothing_to_start(self):
        for names in ((), ("cloud-billing-exporter-1.0.0.spdx.json", "cloud-billing-exporter-1.0.0.tgz")):
            for name in names:
                (self.directory / name).write_bytes(b"")
            ended = subprocess.run([sys.executable, "-B", REPOSITORY / "tests/package/started_test.py", self.directory],
                                   capture_output=True, text=True)
            self.assertEqual(ended.returncode, 1, ended.stdout)
            self.assertIn("nothing to start", ended.stderr)


class Workflows(unittest.TestCase):

    def test_run_nothing_but_what_people_run(self):
        ran = set()
        for path in (REPOSITORY / ".github/workflows").glob("*.yml"):
            commands = re.findall(r"^ +(?:- )?run: (.*)$", path.read_text("utf-8"), re.M)
            self.assertIn("git make ca-certificates", commands[0])
            ran.update(commands[1:])
        self.assertEqual(ran, {".ci/run", "make release"})


class Clone(Temporary):
    """A clone with scripts and nothing else, in which a stage that compiles nothing can run."""

    def setUp(self):
        super().setUp()
        self.clone = self.directory / "clone"
        shutil.copytree(REPOSITORY / "scripts", self.clone / "scripts")
        shutil.copy(REPOSITORY / "CMakeLists.txt", self.clone)
        (self.clone / ".gitignore").write_text("build/\n")
        self.git("init", "--quiet")
        self.git("add", ".")
        self.git("commit", "--quiet", "--message=all")

    def git(self, *command):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *command],
                       cwd=self.clone, check=True, capture_output=True)

    def release(self, stage, **variables):
        return subprocess.run([self.clone / "scripts/build-release", stage], text=True, capture_output=True,
                              env={**os.environ, **variables})


class WhatIsNotCommitted(Clone):

    def test_stops_a_release_and_is_named(self):
        (self.clone / "forgotten.cc").write_text("")
        refused = self.release("sums")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("not committed", refused.stderr)
        self.assertIn("forgotten.cc", refused.stderr)
        self.assertFalse((self.clone / "build").exists())


class DirectoryOfARelease(Clone):

    def setUp(self):
        super().setUp()
        self.files = self.directory / "files"
        self.files.mkdir()

    def test_with_other_files_in_it_is_refused_and_keeps_them(self):
        for name in ("thesis.txt", ".profile", "cloud-billing-exporter-notes.txt"):
            with self.subTest(name):
                other = self.files / name
                other.write_text("mine")
                for stage in ("sums", "image"):
                    refused = self.release(stage, RELEASE_FILES=str(self.files))
                    self.assertEqual(refused.returncode, 1)
                    self.assertIn(str(other), refused.stderr)
                self.assertEqual([path.name for path in self.files.iterdir()], [name])
                other.unlink()

    @unittest.skipUnless(os.geteuid() == 0, "a release is made with root's rights")
    def test_is_summed_and_belongs_to_the_owner_of_the_clone(self):
        os.chown(self.clone, 4711, 4712)
        (self.files / "cloud-billing-exporter-1.0.0-linux-arm64.tar.gz").write_bytes(b"a tarball")
        made = self.release("sums", RELEASE_FILES=str(self.files))
        self.assertEqual(made.returncode, 0, made.stderr)
        sums = self.files / "SHA256SUMS"
        self.assertEqual(sums.read_text(),
                         f"{digest_of(b'a tarball')}  cloud-billing-exporter-1.0.0-linux-arm64.tar.gz\n")
        for path in (sums, self.clone / "build/release-parts"):
            self.assertEqual((path.stat().st_uid, path.stat().st_gid), (4711, 4712), path)

    def test_is_not_made_where_a_system_would_be_damaged(self):
        for place in ("/", "/release/../usr", "/..", "release"):
            with self.subTest(place):
                refused = self.release("sums", RELEASE_PLACE=place)
                self.assertEqual(refused.returncode, 1)
                self.assertIn("RELEASE_PLACE", refused.stderr)


class SystemOfUbuntu(Clone):
    """debootstrap is one that tells what it is asked for and fails."""

    def make(self, architecture):
        programs = self.directory / "bin"
        programs.mkdir(exist_ok=True)
        for name, command in (("debootstrap", f'echo "$@" >{self.directory}/asked; exit 1'), ("id", "echo 0"),
                              ("dpkg", f"echo {architecture}")):
            (programs / name).write_text(f"#!/bin/sh\n{command}\n")
            (programs / name).chmod(0o755)
        (self.directory / "scripts").mkdir(exist_ok=True)
        return subprocess.run(
            [self.clone / "scripts/release/make-root", "noble", "amd64"], text=True, capture_output=True,
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "DEBOOTSTRAP_DIR": str(self.directory),
                 "UBUNTU_MIRROR": "http://mirror.example.com/ubuntu", "UBUNTU_KEYRING": "/dev/null"})

    def asked(self):
        return (self.directory / "asked").read_text().split()

    def test_is_made_by_the_script_of_an_older_ubuntu_if_debootstrap_has_none_of_it(self):
        self.assertIn("debootstrap failed", self.make("amd64").stderr)
        self.assertEqual(self.asked()[-2:], ["http://mirror.example.com/ubuntu", "gutsy"])
        (self.directory / "scripts/noble").write_text("")
        self.make("amd64")
        self.assertEqual(self.asked()[-1], "http://mirror.example.com/ubuntu")

    def test_is_refused_on_another_machine_than_amd64(self):
        refused = self.make("arm64")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("on amd64 only", refused.stderr)
        self.assertFalse((self.directory / "asked").exists())


@unittest.skipUnless(os.geteuid() == 0, "a release is made with root's rights")
class WholeRelease(Clone):
    """Up to what cannot be made: the systems and what is compiled in them are told of by make-root and in-root."""

    def run_all(self, command, **variables):
        for name, script in (("make-root", command), ("in-root", "exit 1")):
            (self.clone / "scripts/release" / name).write_text(
                f'#!/bin/sh\necho "{name} $@" >>{self.directory}/asked\n{script}\n')
        (self.clone / "build/civetweb/src").mkdir(parents=True, exist_ok=True)
        (self.clone / "build/civetweb/src/civetweb.c").write_text("")
        self.git("add", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message=told")
        ended = subprocess.run(
            [self.clone / "scripts/build-release"], text=True, capture_output=True,
            env={**os.environ, "CIVETWEB_SOURCE_DIR": str(self.clone / "build/civetweb"), **variables})
        asked = (self.directory / "asked").read_text().splitlines()
        (self.directory / "asked").unlink()
        return ended, [" ".join(line.split()[:3]) for line in asked]

    def test_has_every_system_before_anything_is_compiled(self):
        debian = ["make-root bookworm amd64", "make-root bookworm arm64",
                  "make-root trixie amd64", "make-root trixie arm64"]
        ubuntu = ["make-root noble amd64", "make-root noble arm64"]
        for variables, systems in (({}, debian), ({"UBUNTU_MIRROR": "a"}, [*debian, ubuntu[0]]),
                                   ({"UBUNTU_MIRROR": "a", "UBUNTU_PORTS_MIRROR": "b"}, debian + ubuntu)):
            with self.subTest(variables):
                last = systems[-1].removeprefix("make-root ")
                ended, asked = self.run_all(f'[ "$*" != "{last}" ]', **variables)
                self.assertNotEqual(ended.returncode, 0)
                self.assertEqual(asked, systems)
                self.assertNotIn("compiling", ended.stderr)

    def test_begins_with_the_tarballs_when_the_systems_are_there(self):
        ended, asked = self.run_all(f"mkdir -p {self.directory}/root && echo {self.directory}/root")
        self.assertNotEqual(ended.returncode, 0)
        self.assertIn("compiling for bookworm, amd64", ended.stderr)
        self.assertTrue(asked[-1].startswith("in-root "), asked)


@unittest.skipUnless(os.geteuid() == 0, "a release is made with root's rights")
class BuiltTwice(Clone):
    """What a build-release leaves that writes what it was told into a file of its own."""

    def check(self, *arguments, written="the same"):
        (self.clone / "scripts/build-release").write_text(
            '#!/bin/sh\nmkdir -p "$RELEASE_FILES"\n'
            f'echo "$@" >>{self.directory}/stages\necho "{written}" >"$RELEASE_FILES/of-$1"\n')
        (self.directory / "stages").write_text("")
        ended = subprocess.run([self.clone / "scripts/check-reproducible", *arguments], text=True, capture_output=True)
        return ended, (self.directory / "stages").read_text().splitlines()

    def test_passes_if_no_byte_differs(self):
        ended, stages = self.check("arm64")
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        self.assertEqual(stages, ["tarball arm64", "deb bookworm arm64"] * 2)
        for name in ("of-tarball", "of-deb"):
            self.assertIn(f"the same twice: {digest_of(b'the same' + bytes([10]))}  {name}\n", ended.stdout)

    def test_fails_and_names_what_differs(self):
        ended, _ = self.check("image", written="in $RELEASE_PLACE")
        self.assertEqual(ended.returncode, 1)
        self.assertIn("of-image differ", ended.stdout)
        self.assertNotIn("the same twice", ended.stdout)

    def test_takes_what_was_made_before_for_the_first(self):
        made = self.directory / "made"
        made.mkdir()
        for content, code in (("the same", 0), ("another", 1)):
            with self.subTest(content):
                (made / "of-image").write_text(content + "\n")
                ended, stages = self.check("--made", str(made), "image")
                self.assertEqual(ended.returncode, code, ended.stderr)
                self.assertEqual(stages, ["image"])
        (made / "of-image").unlink()
        self.assertEqual(self.check("--made", str(made), "image")[0].returncode, 1)

    def test_of_something_else_is_refused(self):
        for arguments in (("mips",), ("--made", str(self.directory / "nothing")), ("amd64", "arm64")):
            ended, stages = self.check(*arguments)
            self.assertEqual((ended.returncode, stages), (2, []), arguments)


class RightsOfRoot(Clone):
    """With a sudo that keeps what it is told to and has a PATH of its own, and an id that is a user's."""

    SUDO = """#!{python}
import os, sys
kept = sys.argv[1].removeprefix("--preserve-env=").split(",")
os.execvpe(sys.argv[2], sys.argv[2:], {{**{{name: os.environ[name] for name in kept if name in os.environ}},
                                       "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "CALLER": "0"}})
"""

    def setUp(self):
        super().setUp()
        self.programs = self.directory / "bin"
        self.programs.mkdir()
        for name, content in (("sudo", self.SUDO.format(python=sys.executable)),
                              ("id", "#!/bin/sh\necho ${CALLER:-1000}\n")):
            (self.programs / name).write_text(content)
            (self.programs / name).chmod(0o755)

    def test_keep_what_a_release_reads_of_the_environment(self):
        given = {name: f"of {name}" for name in (
            "GOPROXY", "GOSUMDB", "GOFLAGS", "http_proxy", "https_proxy", "no_proxy", "CIVETWEB_SOURCE_DIR",
            "CMAKE_BUILD_PARALLEL_LEVEL", "UBUNTU_MIRROR", "UBUNTU_PORTS_MIRROR", "UBUNTU_KEYRING",
            "RELEASE_FILES", "RELEASE_PLACE")}
        shown = subprocess.run(
            [self.clone / "scripts/as-root", "env"], check=True, capture_output=True, text=True,
            env={**given, "PATH": f"{self.programs}:/opt/go/bin:/usr/bin:/bin", "LD_PRELOAD_OF_SOMEBODY": "1"}).stdout
        found = dict(line.split("=", 1) for line in shown.splitlines())
        self.assertEqual(found.pop("CALLER"), "0")
        path = found.pop("PATH").split(":")
        self.assertLess(path.index("/opt/go/bin"), path.index("/usr/bin"))
        self.assertIn("/usr/sbin", path)  # debootstrap's
        self.assertEqual(found, given)
        self.assertTrue((self.clone / "build").is_dir())

    def test_are_asked_for_when_the_caller_has_fetched_what_is_needed(self):
        for name in ("civetweb", "helm"):
            script = self.clone / f"scripts/fetch-{name}"
            script.write_text(f"#!/bin/sh\necho {name} by $(id -u) >>{self.directory}/fetched\n")
        self.git("commit", "--quiet", "--all", "--message=fetched")
        files = self.clone / "build/release-files"
        files.mkdir(parents=True)
        (files / "cloud-billing-exporter-1.0.0.tgz").write_bytes(b"a chart")
        made = self.release("sums", PATH=f"{self.programs}:{os.environ['PATH']}")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertTrue((files / "SHA256SUMS").exists())
        self.assertEqual((self.directory / "fetched").read_text(), "civetweb by 1000\n")
        self.assertNotEqual(self.release("chart", PATH=f"{self.programs}:{os.environ['PATH']}").returncode, 0)
        self.assertIn("helm by 1000\n", (self.directory / "fetched").read_text())

    def test_are_asked_for_in_one_way(self):
        for path in (REPOSITORY / "scripts").rglob("*"):
            if path.is_file() and path.name not in ("as-root", "install-packages"):
                self.assertNotRegex(path.read_text("utf-8"), r"(?m)^[^#]*\bsudo ", path)


@unittest.skipUnless(shutil.which("apt-config"), "apt's configuration")
class ProxyOfApt(Temporary):

    def find(self, scheme, *lines):
        config = self.directory / "apt.conf"
        config.write_text("\n".join(('Dir::Etc::Parts "/nonexistent";', 'Dir::Etc::Main "/dev/null";', *lines)))
        return subprocess.run([REPOSITORY / "scripts/find-proxy", scheme], check=True, capture_output=True,
                              text=True, env={**os.environ, "APT_CONFIG": str(config)}).stdout

    def test_is_found_as_apt_finds_it(self):
        http = 'Acquire::http::Proxy "http://proxy.example.com:3142/";'
        self.assertEqual(self.find("http"), "")
        self.assertEqual(self.find("https"), "")
        self.assertEqual(self.find("http", http), "http://proxy.example.com:3142/\n")
        self.assertEqual(self.find("https", http), "http://proxy.example.com:3142/\n")
        self.assertEqual(self.find("https", http, 'Acquire::https::Proxy "http://other.example.com/";'),
                         "http://other.example.com/\n")
        self.assertEqual(self.find("https", http, 'Acquire::https::Proxy "DIRECT";'), "")


if __name__ == "__main__":
    unittest.main()
