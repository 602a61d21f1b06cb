#include "base/hash.h"

#include <string.h>

typedef struct {
    guint64 v0, v1, v2, v3;
} SipState;

static inline guint64 rotate_left(guint64 x, guint bits)
{
    return (x << bits) | (x >> (64 - bits));
}

static inline void sip_round(SipState *s)
{
    s->v0 += s->v1;
    s->v1 = rotate_left(s->v1, 13) ^ s->v0;
    s->v0 = rotate_left(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate_left(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate_left(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate_left(s->v1, 17) ^ s->v2;
    s->v2 = rotate_left(s->v2, 32);
}

static guint64 secret[2];

static void draw_secret(void)
{
    static gsize drawn = 0;
    if (g_once_init_enter(&drawn)) {
        for (guint i = 0; i < 2; i++) {
            secret[i] = ((guint64) g_random_int() << 32) | g_random_int();
        }
        g_once_init_leave(&drawn, 1);
    }
}

guint of_bytes_hash(const void *bytes, gsize length)
{
    draw_secret();
    SipState s = {
        secret[0] ^ 0x736f6d6570736575u,
        secret[1] ^ 0x646f72616e646f6du,
        secret[0] ^ 0x6c7967656e657261u,
        secret[1] ^ 0x7465646279746573u,
    };
    const guint8 *at = bytes;
    gsize left = length;
    for (; left >= 8; left -= 8, at += 8) {
        guint64 word;
        memcpy(&word, at, 8); /* in the machine's byte order: the value never leaves the process */
        s.v3 ^= word;
        sip_round(&s);
        s.v0 ^= word;
    }
    guint64 last = (guint64) length << 56;
    for (gsize i = 0; i < left; i++) {
        last |= (guint64) at[i] << (8 * i);
    }
    s.v3 ^= last;
    sip_round(&s);
    s.v0 ^= last;
    s.v2 ^= 0xff;
    for (int i = 0; i < 3; i++) {
        sip_round(&s);
    }
    guint64 hash = s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
    return (guint) (hash ^ (hash >> 32));
}

guint of_text_hash(gconstpointer text)
{
    return of_bytes_hash(text, strlen(text));
}
