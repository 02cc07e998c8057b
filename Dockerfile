# The exporter without a distribution around it. `docker build .`, or scripts/build-image where there is no
# registry. Target `demo` holds the simulated cloud instead; compose.yaml runs both.
#
# VERSION and REVISION go into the labels, REVISION into --version too: a build sees no git. DEBIAN_IMAGE and
# DEBIAN_MIRROR (http://mirror.example.com) are for where these can only be reached elsewhere.
ARG DEBIAN_IMAGE=docker.io/library/debian:trixie-slim
FROM $DEBIAN_IMAGE AS tools
ARG DEBIAN_MIRROR=
RUN [ -z "$DEBIAN_MIRROR" ] || sed -i "s#^URIs: https*://[^/]*#URIs: $DEBIAN_MIRROR#" /etc/apt/sources.list.d/debian.sources
WORKDIR /source
COPY scripts/install-packages scripts/install-packages
RUN scripts/install-packages program && rm -rf /var/lib/apt/lists/*

FROM tools AS exporter-build
COPY . .
RUN scripts/fetch-civetweb
ARG REVISION=unknown
# Without -g: what is stripped later need not be made.
RUN cmake -S . -B /build -G Ninja -Wno-dev --log-level=WARNING -DCMAKE_BUILD_TYPE=RelWithDebInfo \
      -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O2 -DNDEBUG" -DCMAKE_UNITY_BUILD=ON -DCLOUD_BILLING_TESTS=OFF \
      -DCLOUD_BILLING_REVISION="$REVISION" && \
    cmake --build /build --target cloud_billing_exporter container_probe && \
    scripts/collect-root /root-of-exporter /build/bin/cloud_billing_exporter /build/bin/container_probe

FROM exporter-build AS demo-build
RUN scripts/install-packages build && rm -rf /var/lib/apt/lists/*
RUN cmake -S . -B /build -DCLOUD_BILLING_TESTS=ON && \
    cmake --build /build --target cloud_simulator && \
    scripts/collect-root /root-of-demo /build/bin/cloud_simulator

FROM scratch AS demo
COPY --from=demo-build /root-of-demo/ /
USER 65532:65532
EXPOSE 18080
ENTRYPOINT ["/usr/bin/cloud_simulator"]
CMD ["--listen=0.0.0.0:18080", "--demo"]

FROM scratch AS exporter
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="cloud-billing-exporter" \
      org.opencontainers.image.description="Prometheus exporter for cloud account balances and bills" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=exporter-build /root-of-exporter/ /
USER 65532:65532
WORKDIR /etc/cloud-billing-exporter
EXPOSE 10877
# It asks with the flags that the server was started with.
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s CMD ["/usr/bin/container_probe"]
ENTRYPOINT ["/usr/bin/cloud_billing_exporter"]
