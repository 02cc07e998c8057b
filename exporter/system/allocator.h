#pragma once

// How the C library's allocator is set up: pages of a bill come and go by the thousand, and what
// they leave should go back to the system.

namespace cloud_billing {

// To be called once, before any thread starts. Blocks of 256 KiB and more are mappings of their own
// from then on, whatever was freed before; of smaller ones up to 32 MiB stay until the publisher
// gives them back, or each page would be asked for anew; threads share one arena,
// so that each uses again what another has freed.
void bound_allocator();

}  // namespace cloud_billing
