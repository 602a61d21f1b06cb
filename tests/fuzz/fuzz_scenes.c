/* `import -f scenes`: who is together at each step, as text or JSON. */
#include <string.h>

#include "fuzz_import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    check_import("scenes", NULL, bytes, length);
    return 0;
}
