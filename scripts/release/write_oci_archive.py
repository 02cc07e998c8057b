#!/usr/bin/env python3
"""Writes one OCI archive of images for several architectures.

usage: write_oci_archive.py ARCHIVE NAME DIRECTORY...

Each directory holds an image as `buildah push dir:` leaves it, in Docker's format, whose configuration
becomes OCI's. Its health check stays: OCI has no word for it, but engines heed Docker's there. What
tells of the machine that built it does not, so the archive's bytes depend on nothing but the images.
"""

import hashlib
import io
import json
import pathlib
import sys
import tarfile

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYERS = {"application/vnd.docker.image.rootfs.diff.tar.gzip": "application/vnd.oci.image.layer.v1.tar+gzip"}


# Of Docker's configuration; the rest names containers and hosts that built it.
OF_THE_IMAGE = ("created", "architecture", "os", "rootfs", "history")
OF_ITS_CONTAINERS = ("User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "WorkingDir", "Labels", "Healthcheck")
OF_THE_BUILDER = "io.buildah."


class Archive:

    def __init__(self, path):
        self._tar = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)
        self._names = set()
        self.add_directory("blobs")
        self.add_directory("blobs/sha256")

    def add_directory(self, name):
        entry = tarfile.TarInfo(name)
        entry.type = tarfile.DIRTYPE
        entry.mode = 0o755
        self._tar.addfile(entry)

    def add(self, name, content):
        if name in self._names:
            return
        self._names.add(name)
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        self._tar.addfile(entry, io.BytesIO(content))

    def add_blob(self, media_type, content):
        """Its descriptor, to be named by."""
        digest = hashlib.sha256(content).hexdigest()
        self.add(f"blobs/sha256/{digest}", content)
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

    def add_json(self, media_type, value):
        return self.add_blob(media_type, write_json(value))

    def close(self):
        self._tar.close()


def write_json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def clean_config(docker):
    config = {name: docker[name] for name in OF_THE_IMAGE if name in docker}
    config["config"] = {name: docker["config"][name] for name in OF_ITS_CONTAINERS if docker["config"].get(name)}
    labels = config["config"].get("Labels", {})
    config["config"]["Labels"] = {name: value for name, value in labels.items()
                                  if not name.startswith(OF_THE_BUILDER)}
    return config


def add_image(archive, directory):
    """The descriptor of its manifest, with its platform."""
    manifest = json.loads((directory / "manifest.json").read_bytes())

    def read(part):
        content = (directory / part["digest"].partition(":")[2]).read_bytes()
        if "sha256:" + hashlib.sha256(content).hexdigest() != part["digest"]:
            raise SystemExit(f"{directory}: {part['digest']} has other content")
        return content

    config = clean_config(json.loads(read(manifest["config"])))
    descriptor = archive.add_json(MANIFEST, {
        "schemaVersion": 2, "mediaType": MANIFEST, "config": archive.add_json(CONFIG, config),
        "layers": [archive.add_blob(LAYERS[layer["mediaType"]], read(layer)) for layer in manifest["layers"]]})
    return {**descriptor, "platform": {"os": config["os"], "architecture": config["architecture"]}}


def main():
    if len(sys.argv) < 4:
        raise SystemExit(__doc__.split("\n\n")[1])
    path, name, *directories = sys.argv[1:]
    archive = Archive(path)
    images = [add_image(archive, pathlib.Path(directory)) for directory in directories]
    index = archive.add_json(INDEX, {"schemaVersion": 2, "mediaType": INDEX, "manifests": images})
    index["annotations"] = {"org.opencontainers.image.ref.name": name}
    archive.add("index.json", write_json({"schemaVersion": 2, "mediaType": INDEX, "manifests": [index]}))
    archive.add("oci-layout", write_json({"imageLayoutVersion": "1.0.0"}))
    archive.close()


if __name__ == "__main__":
    main()
