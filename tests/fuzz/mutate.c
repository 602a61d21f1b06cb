/* Mutations that keep text in shape: random bytes seldom leave a YAML file that can be read, and what lies behind reading would hardly
 * be reached. Half of the mutations move lines and words about; the other half are libFuzzer's own. */
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed);

/* A piece of the text. */
typedef struct {
    gsize at, length;
} Span;

typedef bool (*IsInside)(char letter);

static bool is_of_word(char letter)
{
    return g_ascii_isalnum(letter) || (letter != '\0' && strchr("-._~?%/", letter) != NULL);
}

static bool is_of_line(char letter)
{
    return letter != '\n';
}

static bool is_of_element(char letter)
{
    return letter != ',' && letter != '\n';
}

/* A random piece of those that is_inside() tells apart, with up to n_after of the letters that end it; length 0 where there is none. */
static Span pick(GRand *random, const char *text, gsize length, IsInside is_inside, gsize n_after)
{
    Span span = {0, 0};
    guint n = 0;
    for (gsize i = 0; i < length; i++) {
        if (!is_inside(text[i]) || (i > 0 && is_inside(text[i - 1]))) {
            continue;
        }
        if (g_rand_int_range(random, 0, (gint32) ++n) == 0) {
            span.at = i;
        }
    }
    while (n > 0 && span.at + span.length < length && is_inside(text[span.at + span.length])) {
        span.length++;
    }
    span.length = n > 0 ? MIN(span.length + n_after, length - span.at) : 0;
    return span;
}

static void erase(GString *text, Span span)
{
    g_string_erase(text, (gssize) span.at, (gssize) span.length);
}

static void change(GRand *random, GString *text)
{
    static const IsInside kinds[] = {is_of_word, is_of_line, is_of_element};
    const IsInside kind = kinds[g_rand_int_range(random, 0, (gint32) G_N_ELEMENTS(kinds))];
    const gsize n_after = kind == is_of_word ? 0 : 1;
    const Span from = pick(random, text->str, text->len, kind, n_after);
    const Span to = pick(random, text->str, text->len, kind, n_after);
    g_autofree char *piece = g_strndup(text->str + from.at, from.length);
    if (kind == is_of_word || g_rand_boolean(random)) {
        erase(text, to); /* else the piece is put in front of what stands there */
    }
    if (kind == is_of_word || g_rand_boolean(random)) {
        g_string_insert(text, (gssize) to.at, piece);
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed)
{
    GRand *random = g_rand_new_with_seed(seed);
    if (length == 0 || memchr(bytes, '\0', length) != NULL || g_rand_boolean(random)) {
        g_rand_free(random);
        return LLVMFuzzerMutate(bytes, length, most);
    }
    g_autoptr(GString) text = g_string_new_len((const char *) bytes, (gssize) length);
    for (gint32 i = g_rand_int_range(random, 0, 4); i >= 0 && text->len > 0; i--) {
        change(random, text);
    }
    g_rand_free(random);
    const size_t kept = MIN(text->len, most);
    memcpy(bytes, text->str, kept);
    return kept;
}
