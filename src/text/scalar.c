/* What plain scalars mean: the core schema of YAML 1.2 (chapter 10.3 of its specification). */
#include <math.h>
#include <string.h>

#include "text/node.h"

static bool is_plain_scalar(const OfNode *node)
{
    return node->type == OF_NODE_SCALAR && node->plain;
}

static bool is_one_of(const char *text, const char *const *words)
{
    return g_strv_contains(words, text);
}

bool of_node_is_null(const OfNode *node)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};
    return is_plain_scalar(node) && node->n <= 4 && is_one_of(node->text, words);
}

bool of_node_get_bool(const OfNode *node, bool *value)
{
    static const char *const yes[] = {"true", "True", "TRUE", NULL}, *const no[] = {"false", "False", "FALSE", NULL};
    if (!is_plain_scalar(node) || node->n > 5) {
        return false;
    }
    bool is_true = is_one_of(node->text, yes);
    if (!is_true && !is_one_of(node->text, no)) {
        return false;
    }
    *value = is_true;
    return true;
}

bool of_node_get_integer(const OfNode *node, gint64 *value)
{
    if (!is_plain_scalar(node)) {
        return false;
    }
    const char *at = node->text;
    guint base = 10;
    bool is_negative = *at == '-';
    if (at[0] == '0' && (at[1] == 'o' || at[1] == 'x')) {
        base = at[1] == 'o' ? 8 : 16;
        at += 2;
    } else if (*at == '-' || *at == '+') {
        at++;
    }
    if (*at == '\0') {
        return false;
    }
    guint64 most = is_negative ? (guint64) G_MAXINT64 + 1 : (guint64) G_MAXINT64, number = 0;
    for (; *at != '\0'; at++) {
        int digit = g_ascii_xdigit_value(*at);
        if (digit < 0 || (guint) digit >= base || number > (most - (guint) digit) / base) {
            return false;
        }
        number = number * base + (guint) digit;
    }
    *value = is_negative ? (gint64) (0 - number) : (gint64) number;
    return true;
}

static const char *skip_digits(const char *at)
{
    while (g_ascii_isdigit(*at)) {
        at++;
    }
    return at;
}

/* [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )? */
static bool is_decimal(const char *text)
{
    const char *at = text + (*text == '-' || *text == '+' ? 1 : 0);
    const char *whole_end = skip_digits(at);
    bool has_digits = whole_end > at;
    at = whole_end;
    if (*at == '.') {
        const char *fraction_end = skip_digits(at + 1);
        has_digits = has_digits || fraction_end > at + 1;
        at = fraction_end;
    }
    if (!has_digits) {
        return false;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+' ? 1 : 0;
        const char *exponent_end = skip_digits(at);
        if (exponent_end == at) {
            return false;
        }
        at = exponent_end;
    }
    return *at == '\0';
}

bool of_node_get_double(const OfNode *node, double *value)
{
    if (!is_plain_scalar(node)) {
        return false;
    }
    gint64 integer;
    if (of_node_get_integer(node, &integer)) {
        *value = (double) integer;
        return true;
    }
    if (!is_decimal(node->text)) {
        return false;
    }
    double number = g_ascii_strtod(node->text, NULL);
    if (!isfinite(number)) {
        return false;
    }
    *value = number;
    return true;
}

const char *of_node_describe(const OfNode *node)
{
    switch ((OfNodeType) node->type) {
    case OF_NODE_MAPPING:
        return "a mapping";
    case OF_NODE_SEQUENCE:
        return "a sequence";
    case OF_NODE_SCALAR:
        break;
    }
    return of_node_is_null(node) ? "null" : "a scalar";
}
