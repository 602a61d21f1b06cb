/* What our programs, as opposed to the library, do where memory is refused. Compiled into each program. */
#ifndef OF_PROGRAM_ALLOCATOR_H
#define OF_PROGRAM_ALLOCATOR_H

#if defined(__SANITIZE_ADDRESS__)
#define OF_UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OF_UNDER_SANITIZER 1
#endif
#endif
#ifndef OF_UNDER_SANITIZER
#define OF_UNDER_SANITIZER 0
#endif

/* Called where memory is refused to any part of the program; must not allocate, and does not return. Each program defines it. With a
 * C library other than glibc and under a sanitizer it is not called. */
void of_allocator_refused(void) __attribute__((noreturn));

/* Says that this program ends when its work is done: memory that is given back is kept for what asks next, where glibc would hand it to
 * the system and fetch it anew, page by page. Does nothing with another C library. */
void of_allocator_keep(void);

#endif
