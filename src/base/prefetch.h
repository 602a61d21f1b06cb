/* Asking for memory before it is needed. Where hundreds of thousands of items refer to each other in no order, to wait for them is
 * most of the work. */
#ifndef OF_BASE_PREFETCH_H
#define OF_BASE_PREFETCH_H

/* Has no effect but on speed. address may be any. */
#if defined(__GNUC__)
#define OF_PREFETCH(address) __builtin_prefetch(address)
#else
#define OF_PREFETCH(address) ((void) (address))
#endif

#endif
