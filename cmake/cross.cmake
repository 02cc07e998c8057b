# A toolchain file: Debian's cross compiler for -D CLOUD_BILLING_CROSS=aarch64-linux-gnu (or x86_64-linux-gnu),
# with that architecture's libraries beside this one's (dpkg --add-architecture), and qemu-user for what a
# build runs of its own programs. scripts/release/make-root makes a system that has all of it.
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES CLOUD_BILLING_CROSS)
string(REGEX MATCH "^[^-]+" cross_processor "${CLOUD_BILLING_CROSS}")
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR "${cross_processor}")
set(CMAKE_C_COMPILER "${CLOUD_BILLING_CROSS}-gcc")
set(CMAKE_CXX_COMPILER "${CLOUD_BILLING_CROSS}-g++")
set(CMAKE_CROSSCOMPILING_EMULATOR "qemu-${cross_processor}")
