#include "text/node.h"

#include <string.h>

/* ---- Reading ---- */

typedef struct {
    OfDiagnostics *diagnostics;
    OfDocument *document;
} Read;

static Read read_named(const char *name, const char *bytes, gsize length, const OfLimits *limits)
{
    OfLimits defaults = of_limits_default();
    Read read = {.diagnostics = of_diagnostics_new()};
    const OfSourceText *text = of_diagnostics_add_text(read.diagnostics, name, g_memdup2(bytes, length + 1), length);
    read.document = of_document_read(text, limits != NULL ? limits : &defaults, read.diagnostics);
    /* What every reading must keep to, whatever was read. */
    guint n_errors = of_diagnostics_count_severity(read.diagnostics, OF_SEVERITY_ERROR);
    g_assert_true((read.document == NULL) == (n_errors > 0));
    of_diagnostics_sort(read.diagnostics);
    for (guint i = 0; i < MIN(of_diagnostics_count(read.diagnostics), 100); i++) {
        const OfDiagnostic *diagnostic = of_diagnostics_get(read.diagnostics, i);
        g_assert_true(diagnostic->place.text == text);
        g_assert_cmpuint(diagnostic->place.line, >=, 1);
        g_assert_cmpuint(diagnostic->place.column, >=, 1);
        g_assert_null(strchr(diagnostic->message, '\n'));
        g_assert_cmpuint(strlen(diagnostic->message), <, 300);
        g_autofree char *shown = of_diagnostic_format(diagnostic, true);
        g_assert_true(g_utf8_validate(shown, -1, NULL));
    }
    return read;
}

static Read read_text(const char *bytes)
{
    return read_named("a.yaml", bytes, strlen(bytes), NULL);
}

static void read_clear(Read *read)
{
    of_document_free(read->document);
    of_diagnostics_free(read->diagnostics);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

/* The tree in one line: scalars as "text" or plain, with places where asked for. */
static void append_node(GString *out, const OfNode *node, bool with_places)
{
    if (with_places) {
        g_string_append_printf(out, "%u:%u+%u ", node->line, node->column, node->width);
    }
    switch ((OfNodeType) node->type) {
    case OF_NODE_SCALAR:
        g_assert_cmpuint(strlen(node->text), ==, node->n);
        g_string_append_printf(out, node->plain ? "%s" : "\"%s\"", node->text);
        break;
    case OF_NODE_SEQUENCE:
        g_string_append_c(out, '[');
        for (guint i = 0; i < node->n; i++) {
            g_string_append(out, i > 0 ? ", " : "");
            append_node(out, &node->items[i], with_places);
        }
        g_string_append_c(out, ']');
        break;
    case OF_NODE_MAPPING:
        g_string_append_c(out, '{');
        for (guint i = 0; i < node->n; i++) {
            const OfNodePair *pair = &node->pairs[i];
            g_string_append(out, i > 0 ? ", " : "");
            if (with_places) {
                g_string_append_printf(out, "%u:%u ", pair->line, pair->column);
            }
            g_string_append_printf(out, "%s: ", pair->key);
            append_node(out, &pair->value, with_places);
        }
        g_string_append_c(out, '}');
        break;
    }
}

static char *show_tree(const OfDocument *document, bool with_places)
{
    GString *out = g_string_new(NULL);
    append_node(out, of_document_root(document), with_places);
    return g_string_free(out, FALSE);
}

static void test_trees(void)
{
    static const struct {
        const char *yaml, *tree;
    } rows[] = {
        {"a: 1\nb: [x, 'y', \"z\"]\n", "{a: 1, b: [x, \"y\", \"z\"]}"},
        {"a: {b: {c: d}, e: []}\n", "{a: {b: {c: d}, e: []}}"},
        {"- a\n- - b\n  - c\n- {}\n", "[a, [b, c], {}]"},
        {"foo\n", "foo"},
        {"\"\"\n", "\"\""},
        {"---\na: 1\n...\n# the end\n...\n", "{a: 1}"},
        {"%YAML 1.2\n---\na: 1\n", "{a: 1}"},
        {"%YAML 1.1\n---\na: 1\n", "{a: 1}"},
        {"\xef\xbb\xbf"
         "a: 1\n",
         "{a: 1}"},
        {"a: 1\r\nb: |\r\n  x\r\n  y\r\n", "{a: 1, b: \"x\ny\n\"}"},
        {"a: 1\nb: |\n  x\n  y\n", "{a: 1, b: \"x\ny\n\"}"},
        {"a:\nb: ~\n", "{a: , b: ~}"},
        {"a: &x [1, 2]\nb: *x\nc: *x\n", "{a: [1, 2], b: [1, 2], c: [1, 2]}"},
        {"a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"},
        {"a: &x [&x 1, *x]\nb: *x\n", "{a: [1, 1], b: 1}"},
        {"&k a: 1\n*k : 2\nb: *k\n", NULL}, /* the alias is the same key again */
        {"&k a: {*k : 2}\nb: *k\n", "{a: {a: 2}, b: a}"},
        {"a: !!str 12\nb: !!int \"12\"\nc: ! 12\nd: !!map {}\ne: !!seq []\nf: !!float 1e3\ng: !!bool true\nh: !!null ~\n",
         "{a: \"12\", b: 12, c: \"12\", d: {}, e: [], f: 1e3, g: true, h: ~}"},
        {"\"<<\": 1\n!!str << : 2\n", NULL}, /* one key, twice */
        {"\"<<\": 1\n", "{<<: 1}"},
        {"!!str <<: 1\n", "{<<: 1}"},
        {"no: 1\n1e3: 2\n~: 3\ntrue: 4\n", "{no: 1, 1e3: 2, ~: 3, true: 4}"},
        {"a: no\nb: 1e3\nc: 012\n", "{a: no, b: 1e3, c: 012}"},
        {"[a: b, {c: d}]\n", "[{a: b}, {c: d}]"},
        {"a: \"\\uD7FF\\uffff\\t\\n\\r\"\n", "{a: \"\ud7ff\uffff\t\n\r\"}"},
        {"{\"a\":1,\"b\":[true,null],\n\t\"c\":\"\\/\"}\n", "{a: 1, b: [true, null], c: \"/\"}"},
        {"a: https://example.org/?x=1#y\n", "{a: https://example.org/?x=1#y}"},
        {"\"\": 1\n", "{: 1}"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Read) read = read_text(rows[i].yaml);
        if (rows[i].tree == NULL) {
            g_assert_null(read.document);
            g_assert_cmpstr(of_diagnostics_get(read.diagnostics, 0)->code, ==, "duplicate-key");
            continue;
        }
        g_assert_cmpuint(of_diagnostics_count(read.diagnostics), ==, 0);
        g_autofree char *tree = show_tree(read.document, false);
        g_assert_cmpstr(tree, ==, rows[i].tree);
        g_assert_nonnull(of_document_text(read.document));
    }
    of_document_free(NULL);
}

static void test_places(void)
{
    g_auto(Read) read =
        read_text("a: foo\nlist:\n  - x: 'é'\n    y: [1,\n  2]\n  - &n {k: v}\n\"q\": *n\nr: |\n  text\ns:\nt: &m\n  u: v\n");
    g_assert_nonnull(read.document);
    g_autofree char *tree = show_tree(read.document, true);
    g_assert_cmpstr(tree, ==,
                    "1:1+1 {1:1 a: 1:4+3 foo, 2:1 list: 3:3+1 [3:5+1 {3:5 x: 3:8+3 \"é\", 4:5 y: 4:8+65535 [4:9+1 1, 5:3+1 2]}, "
                    "6:5+9 {6:9 k: 6:12+1 v}], 7:1 q: 7:6+2 {6:9 k: 6:12+1 v}, 8:1 r: 8:4+65535 \"text\n\", 10:1 s: 10:3+1 , "
                    "11:1 t: 11:4+65535 {12:3 u: 12:6+1 v}}");
    const OfNode *root = of_document_root(read.document);
    const OfNodePair *list = of_node_get(root, "list");
    OfPlace key = of_node_key_place(read.document, list);
    g_assert_true(key.text == of_document_text(read.document));
    g_assert_cmpuint(key.line, ==, 2);
    g_assert_cmpuint(key.column, ==, 1);
    g_assert_cmpuint(key.length, ==, 4);
    g_assert_cmpuint(of_node_key_place(read.document, of_node_get(root, "q")).length, ==, 3);
    /* What goes on over lines is underlined to the end of its first one. */
    const OfNode *open = &of_node_get(&list->value.items[0], "y")->value;
    OfPlace place = of_node_place(read.document, open);
    g_assert_cmpuint(place.line, ==, 4);
    g_assert_cmpuint(place.column, ==, 8);
    g_assert_cmpuint(place.length, ==, 3);
    g_assert_cmpuint(of_node_place(read.document, &of_node_get(root, "r")->value).length, ==, 1);
    /* Equal keys share one text. */
    const OfNode *original = &list->value.items[1], *copy = &of_node_get(root, "q")->value;
    g_assert_true(original->pairs == copy->pairs);
    g_assert_cmpuint(sizeof(OfNode), ==, 24);
}

static void test_interned_keys(void)
{
    g_auto(Read) read = read_text("- {name: a, lab: b}\n- {lab: c, name: d}\n- {'name': e}\n");
    const OfNode *items = of_document_root(read.document)->items;
    g_assert_true(items[0].pairs[0].key == items[1].pairs[1].key);
    g_assert_true(items[0].pairs[1].key == items[1].pairs[0].key);
    g_assert_true(items[0].pairs[0].key == items[2].pairs[0].key);
}

static void test_get(void)
{
    g_auto(Read) read = read_text("a: 1\nb: {}\n");
    const OfNode *root = of_document_root(read.document);
    g_assert_cmpstr(of_node_get(root, "a")->value.text, ==, "1");
    g_assert_null(of_node_get(root, "c"));
    g_assert_null(of_node_get(&of_node_get(root, "a")->value, "a"));
    g_assert_null(of_node_get(&of_node_get(root, "b")->value, "a"));
}

/* ---- What is wrong ---- */

typedef struct {
    const char *bytes;
    gsize length;         /* 0: NUL-terminated */
    const char *problems; /* "line:column code@line:column" of each, the second place where there is one */
} Wrong;

static char *show_problems(const Read *read)
{
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < of_diagnostics_count(read->diagnostics); i++) {
        const OfDiagnostic *d = of_diagnostics_get(read->diagnostics, i);
        g_string_append_printf(out, "%s%s%u:%u %s", i > 0 ? ", " : "", d->severity == OF_SEVERITY_WARNING ? "warning " : "",
                               d->place.line, d->place.column, d->code);
        if (d->other.text != NULL) {
            g_string_append_printf(out, "@%u:%u", d->other.line, d->other.column);
        }
        g_assert_cmpint(d->kind == OF_KIND_LIMIT, ==, g_str_has_prefix(d->code, "limit-"));
    }
    return g_string_free(out, FALSE);
}

static void check_wrong(const Wrong *rows, gsize n_rows)
{
    for (gsize i = 0; i < n_rows; i++) {
        g_auto(Read) read = read_named("a.yaml", rows[i].bytes, rows[i].length > 0 ? rows[i].length : strlen(rows[i].bytes), NULL);
        g_autofree char *problems = show_problems(&read);
        if (strcmp(problems, rows[i].problems) != 0) {
            g_test_message("row %" G_GSIZE_FORMAT " `%s`: found `%s`, expected `%s`", i, rows[i].bytes, problems, rows[i].problems);
            g_test_fail();
        }
    }
}

static void test_syntax(void)
{
    static const Wrong rows[] = {
        {"a: [x, y\n", 0, "1:4 unclosed-sequence"},
        {"a: [x, y", 0, "1:4 unclosed-sequence"},
        {"a: {x: y\n", 0, "1:4 unclosed-mapping"},
        {"p:\n  a: [x, y\n  b: z\n", 0, "2:6 unclosed-sequence@3:4"},
        {"- {a: 1, b: 2\n- {a: 3}\n", 0, "1:3 unclosed-mapping@2:3"},
        {"a: [\n  - x\n]\n", 0, "1:4 unclosed-sequence@2:3"},
        {"a: {x: 1 \"y\": 2}\n", 0, "1:13 expected-comma@1:4"},
        {"a: [\"x\" \"y\"]\n", 0, "1:9 expected-comma@1:4"},
        {"a: [x}\n", 0, "1:6 expected-comma@1:4"},
        {"a: \"foo\nb: c\n", 0, "1:4 unclosed-quote"},
        {"a: 'foo\n", 0, "1:4 unclosed-quote"},
        {"a: \"foo\n---\nb\"\n", 0, "1:4 unclosed-quote"},
        {"a:\n\tb: c\n", 0, "2:1 tab-indentation"},
        {"a: x\n\tb: c\n", 0, "2:1 tab-indentation"},
        {"a:\n  b: 1\n\tc: 2\n", 0, "3:1 tab-indentation"},
        {"a: |\n\tfoo\n", 0, "2:1 tab-indentation"},
        {"a: 1\nfoo\nb: 2\n", 0, "2:1 missing-colon"},
        {"a: 1\nfo", 0, "2:1 missing-colon"},
        {"title: a: b\n", 0, "1:9 unexpected-colon"},
        {"a: - b\n", 0, "1:4 unexpected-dash"},
        {"a: ? b\n", 0, "1:4 unexpected-key"},
        {"a:\n    b: 1\n  c: 2\n", 0, "3:3 wrong-indentation@1:1"},
        {"a: 1\n- b\n", 0, "2:1 wrong-indentation@1:1"},
        {"- b\na: 1\n", 0, "2:1 wrong-indentation@1:1"},
        {"a: [x, , y]\n", 0, "1:8 missing-value"},
        {": x\n", 0, "1:1 missing-key"},
        {"?\n: x\n", 0, "1:2 missing-key"},
        {"a: \"\\q\"\n", 0, "1:5 bad-escape"},
        {"a: \"\\x1\"\n", 0, "1:7 bad-escape"},
        {"a: \"\\ud800\"\n", 0, "1:7 bad-escape"},
        {"a: \"\\U00110000\"\n", 0, "1:7 bad-escape"},
        {"a: @foo\n", 0, "1:4 reserved-character"},
        {"a: `foo`\n", 0, "1:4 reserved-character"},
        {"a: %foo\n", 0, "1:4 reserved-character"},
        {"a: | text\n", 0, "1:6 bad-block-text"},
        {"a: |0\n  x\n", 0, "1:5 bad-block-text"},
        {"a: **bold**\n", 0, "1:4 bad-alias"},
        {"a: & b\n", 0, "1:4 bad-anchor"},
        {"%FOO bar\n---\na: 1\n", 0, "1:5 bad-directive"},
        {"%YAML 1.2\n%YAML 1.2\n---\na: 1\n", 0, "2:1 bad-directive"},
        {"%YAML 2.0\n---\na: 1\n", 0, "1:1 yaml-version"},
        {"\xef\xbb\xbf%YAML 2.0\n---\na: 1\n", 0, "1:1 yaml-version"},
        {"[a]\n]\n", 0, "2:1 unexpected-content"},
        {"a: 1\n---\nb: 2\n", 0, "2:1 second-document"},
        {"a: 1\n---\n", 0, "2:1 second-document"},
        {"a: 1\n...\nb: 2\n", 0, "3:1 second-document"},
        {"a: 1\n...\n# one\n...\n%TAG !x! y\n---\nb: 2\n", 0, "5:1 second-document"},
        {"a: !<x y\n", 0, "1:7 bad-tag"},
        {"", 0, "1:1 empty-document"},
        {"\n\n", 0, "1:1 empty-document"},
        {"# only this\n", 0, "1:1 empty-document"},
        {"---\n", 0, "1:1 empty-document"},
        {"...\n", 0, "1:1 missing-value"},
        {"~\n", 0, "1:1 empty-document"},
        {"null\n", 0, "1:1 empty-document"},
        {"!!null ''\n", 0, "1:1 empty-document"},
    };
    check_wrong(rows, G_N_ELEMENTS(rows));
}

static void test_structure(void)
{
    static const Wrong rows[] = {
        {"a: 1\nb: 2\na: 3\n", 0, "3:1 duplicate-key@1:1"},
        {"a: 1\n\"a\": 2\n'a': 3\n", 0, "2:1 duplicate-key@1:1, 3:1 duplicate-key@1:1"},
        {"a: {a: 1, b: {a: 1}, a: 2}\n", 0, "1:22 duplicate-key@1:5"},
        {"- {x: 1, x: 2}\n- {x: 1}\n- {y: 1, y: 2}\n", 0, "1:10 duplicate-key@1:4, 3:10 duplicate-key@3:4"},
        {"a: &n {x: 1, x: 2}\nb: *n\n", 0, "1:14 duplicate-key@1:8"},
        {"a: 1\r\na: 2\r\n", 0, "2:1 duplicate-key@1:1"},
        {"a: 1\ra: 2\r", 0, "2:1 duplicate-key@1:1"},
        {"日本: 1\n日本: {é: 1, é: 2}\n", 0, "2:1 duplicate-key@1:1, 2:12 duplicate-key@2:6"},
        {"\xef\xbb\xbf{a: 1, a: 2}\n", 0, "1:8 duplicate-key@1:2"},
        {"a: *x\n", 0, "1:4 undefined-alias"},
        {"a: *x\nb: &x 1\nc: *y\n", 0, "1:4 undefined-alias, 3:4 undefined-alias"},
        {"*x : 1\n*y : 2\n", 0, "1:1 undefined-alias, 2:1 undefined-alias"},
        {"&x [*x]\n", 0, "1:5 cyclic-alias@1:1"},
        {"a: &x [*x]\nb: &y {k: [*y, *x]}\n", 0, "1:8 cyclic-alias@1:4, 2:12 cyclic-alias@2:4"},
        {"a: &x {*x : 1}\n", 0, "1:8 cyclic-alias@1:4"},
        {"a: &a {x: 1}\nb:\n  <<: *a\nc:\n  ? <<\n  : *a\n", 0, "3:3 merge-key, 5:5 merge-key"},
        {"? [a, b]\n: c\n{x: y}: z\n", 0, "1:3 complex-key, 3:1 complex-key"},
        {"a: &x [1]\n*x : 2\n", 0, "2:1 complex-key"},
        {"a: !foo x\nb: !!python/object:os.x y\nc: !<tag:x> z\nd: !foo [1]\ne: !foo {}\n", 0,
         "1:4 custom-tag, 2:4 custom-tag, 3:4 custom-tag, 4:4 custom-tag, 5:4 custom-tag"},
        {"a: !!binary aa\nb: !!set {x}\n", 0, "1:4 custom-tag, 2:4 custom-tag"},
        {"a: !e!foo x\n", 0, "1:4 custom-tag"},
        {"# x\n\n%TAG !e! tag:e,2000:\n---\na: !e!b c\n", 0, "3:1 custom-tag"},
        {"a: !!int x\nb: !!bool no\nc: !!float x\nd: !!null x\ne: !!map [1]\nf: !!seq {}\ng: !!str [1]\nh: !!int [1]\ni: !!seq x\n",
         0,
         "1:4 tag-mismatch, 2:4 tag-mismatch, 3:4 tag-mismatch, 4:4 tag-mismatch, 5:4 tag-mismatch, 6:4 tag-mismatch, "
         "7:4 tag-mismatch, 8:4 tag-mismatch, 9:4 tag-mismatch"},
        {"a: 1\na: *x\nb: !foo x\nc: [\n", 0, "2:4 undefined-alias, 3:4 custom-tag, 4:4 unclosed-sequence"},
    };
    check_wrong(rows, G_N_ELEMENTS(rows));
}

static void test_encoding(void)
{
    static const Wrong rows[] = {
        {"a: x\nname: Andr\xe9\n", 0, "2:11 invalid-utf8"},
        {"a: é\xe9\nb: \xe9\n", 0, "1:5 invalid-utf8"},
        {"a: \xed\xa0\x80\n", 0, "1:4 invalid-utf8"},
        {"a: \xc0\x80\n", 0, "1:4 invalid-utf8"},
        {"a: \xf5\x80\x80\x80\n", 0, "1:4 invalid-utf8"},
        {"a: \xe2\x82", 0, "1:4 invalid-utf8"},
        {"# \xff\n", 0, "1:3 invalid-utf8"},
        {"a: 1\nb: \0x\nc: \0\n", 16, "2:4 control-character, 3:4 control-character"},
        {"\0", 1, "1:1 control-character"},
        {"a: \x01\x02\nb: \x1b[31m\nc: \x7f\nd: \xc2\x85\n", 0,
         "1:4 control-character, 2:4 control-character, 3:4 control-character, 4:4 control-character"},
        {"# \x0c\n", 0, "1:3 control-character"},
        {"a: \"x\\0y\"\nb: \"\\x01\"\n\"\\e\": \"\\u0085\"\n", 0,
         "1:4 control-character, 2:4 control-character, 3:1 control-character, 3:7 control-character"},
        {"\xff\xfe"
         "a\0:\0 \0\x31\0",
         10, "1:1 utf-16"},
        {"\xfe\xff\0a\0:\0 \0\x31", 10, "1:1 utf-16"},
        {"a\0:\0 \0\x31\0", 8, "1:1 utf-16"},
        {"\0a\0:\0 \0\x31", 8, "1:1 utf-16"},
        {"\xff\xfe\0\0"
         "a\0\0\0",
         8, "1:1 utf-32"},
        {"\0\0\xfe\xff\0\0\0a", 8, "1:1 utf-32"},
        {"a\0\0\0:\0\0\0", 8, "1:1 utf-32"},
        {"\0\0\0a\0\0\0:", 8, "1:1 utf-32"},
        {"\xff\xfe", 2, "1:1 utf-16"},
        {"a: b\u2028c\u2029\n", 0, "1:5 line-separator, 1:7 line-separator"},
        {"a: \xef\xbf\xbe\n", 0, "1:4 invalid-character"},
        {"a: \u202eabc\n# \u2066x\u2069\n", 0, "warning 1:4 bidi-control, warning 2:3 bidi-control"},
        {"a: \"\\u202e\"\nb: \"\u202e\"\nc: '\\u202e'\n", 0, "warning 1:4 bidi-control, warning 2:5 bidi-control"},
        {"a: \ufdd0\U0001ffff\u200e😀\n", 0, ""},
        {"a: \"\\uffff\\ufdd0\\ufeff\\u2028\"\n", 0, ""},
        {"\xef\xbb\xbf# x\r\na: é\r\n", 0, ""},
        {"a: x\ty\n", 0, ""},
    };
    check_wrong(rows, G_N_ELEMENTS(rows));
}

/* What is plain is looked at in blocks: wherever in one something else stands, it is seen, and what follows it too. */
static void test_encoding_in_blocks(void)
{
    static const struct {
        const char *bytes, *code;
    } odd[] = {
        {"\x01", "control-character"}, {"\x7f", "control-character"}, {"\xff", "invalid-utf8"}, {"\u2028", "line-separator"}};
    for (gsize k = 0; k < G_N_ELEMENTS(odd); k++) {
        for (guint at = 1; at < 200; at++) {
            GString *text = g_string_new("é: 1\n#");
            while (text->len < 300) {
                g_string_append_c(text, text->len % 50 == 49 ? '\n' : '#');
            }
            g_string_insert(text, (gssize) at + 6, odd[k].bytes);
            g_auto(Read) read = read_text(text->str);
            g_assert_cmpuint(of_diagnostics_count(read.diagnostics), ==, 1);
            const OfDiagnostic *found = of_diagnostics_get(read.diagnostics, 0);
            const gsize line = 2 + (at + 6) / 50;
            g_assert_cmpstr(found->code, ==, odd[k].code);
            g_assert_cmpuint(found->place.line, ==, line);
            g_string_free(text, TRUE);
        }
    }
}

/* Large mappings within large ones: each finds its own duplicates. */
static void test_large_duplicates(void)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < 100; i++) {
        g_string_append_printf(text, "k%u:\n", i % 98);
        for (guint k = 0; k < 70; k++) {
            g_string_append_printf(text, "  k%u: 1\n", i == 90 && k == 69 ? 3 : i == 20 && k == 5 ? 4 : k);
        }
    }
    g_auto(Read) read = read_text(text->str);
    static const guint lines[][2] = {{20 * 71 + 7, 20 * 71 + 6}, {90 * 71 + 71, 90 * 71 + 5}, {98 * 71 + 1, 1}, {99 * 71 + 1, 72}};
    g_assert_cmpuint(of_diagnostics_count(read.diagnostics), ==, G_N_ELEMENTS(lines));
    for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
        const OfDiagnostic *found = of_diagnostics_get(read.diagnostics, i);
        g_assert_cmpstr(found->code, ==, "duplicate-key");
        g_assert_cmpuint(found->place.line, ==, lines[i][0]);
        g_assert_cmpuint(found->other.line, ==, lines[i][1]);
    }
    g_string_free(text, TRUE);
}

static void test_messages(void)
{
    static const struct {
        const char *yaml, *shown;
    } rows[] = {
        {"lab: 1\nx: 2\nlab: 3\n",
         "a.yaml:3:1: error: the key `lab` stands here a second time [duplicate-key]\n    3 | lab: 3\n      | ^~~\n"
         "a.yaml:1:1: note: first defined here\n    1 | lab: 1\n      | ^~~\n"},
        {"a: &meta 1\nb: *mete\n",
         "a.yaml:2:4: error: the alias `*mete` names no anchor before it [undefined-alias]\n    2 | b: *mete\n      |    ^~~~~\n"
         "      = hint: did you mean `meta`?\n"},
        {"a: [b, c\nd: e\n",
         "a.yaml:1:4: error: this `[` is not closed by `]`, or a `,` is missing in it [unclosed-sequence]\n    1 | a: [b, c\n"
         "      |    ^\na.yaml:2:2: note: its end, or a `,`, is expected before this\n    2 | d: e\n      |  ^\n"},
        {"a: !<tag:x> y\n",
         "a.yaml:1:4: error: the tag `tag:x` is not read [custom-tag]\n    1 | a: !<tag:x> y\n      |    ^~~~~~~~~~\n"
         "      = hint: leave it out, or put a text that begins with `!` in quotes\n"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Read) read = read_text(rows[i].yaml);
        g_assert_cmpuint(of_diagnostics_count(read.diagnostics), ==, 1);
        g_autofree char *shown = of_diagnostic_format(of_diagnostics_get(read.diagnostics, 0), false);
        g_assert_cmpstr(shown, ==, rows[i].shown);
    }
    /* A megabyte of a key, an alias or a tag is not repeated: read_named() checks the length of messages. */
    static const char *const forms[] = {"%s: 1\n? %s\n: 2\n", "a: [*%s]\n", "a: !%s x\n", "a: &%s [*%.9s]\n", "%s\n: %s\n"};
    g_autofree char *word = g_strnfill(900, 'w');
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_auto(GStrv) parts = g_strsplit(forms[i], "%s", -1);
        g_autofree char *yaml = g_strjoinv(word, parts);
        g_auto(Read) read = read_text(yaml);
        g_assert_null(read.document);
    }
}

/* ---- JSON ---- */

static void test_json(void)
{
    static const char json[] =
        "{\"a\": \"\\ud83d\\ude00 \\\\ud83d\", \"k\": \"\\uD83D\\uDE00\", \"a\": 1,\n\t\"\\ud83d\\ude00\": 1, \"k\": 2}\n";
    g_auto(Read) twice = read_named("a.json", json, strlen(json), NULL);
    g_autofree char *problems = show_problems(&twice);
    g_assert_cmpstr(
        problems, ==,
        "1:52 duplicate-key@1:2, 2:21 duplicate-key@1:31"); /* columns are those of the file, not of what libyaml was given */

    static const char good[] = "{\"a\": \"\\ud83d\\ude00 \\\\ud83d\", \"b\": \"\\u00e9\"}";
    g_auto(Read) read = read_named("a.json", good, strlen(good), NULL);
    g_assert_nonnull(read.document);
    const OfNode *root = of_document_root(read.document);
    g_assert_cmpstr(root->pairs[0].value.text, ==, "😀 \\ud83d");
    g_assert_cmpuint(root->pairs[0].value.width, ==, 22);
    g_assert_cmpuint(root->pairs[1].column, ==, 31);
    g_assert_cmpuint(root->pairs[1].value.column, ==, 36);
    g_assert_cmpstr(root->pairs[1].value.text, ==, "é");

    static const char lone[] = "{\"a\": \"\\ud83d\\ude00\",\n \"b\": \"\\ud83d\\ud83d\\ude00\"}";
    g_auto(Read) half = read_named("a.json", lone, strlen(lone), NULL);
    g_autofree char *lone_problems = show_problems(&half);
    g_assert_cmpstr(lone_problems, ==, "2:10 bad-escape");
    /* In YAML, what looks like such a pair may stand within single quotes. */
    g_auto(Read) yaml = read_text("a: '\\ud83d\\ude00'\n");
    g_assert_cmpstr(of_document_root(yaml.document)->pairs[0].value.text, ==, "\\ud83d\\ude00");
}

/* ---- Limits ---- */

static char *nested(guint depth, const char *open, const char *close)
{
    GString *yaml = g_string_new(NULL);
    for (guint i = 0; i < depth; i++) {
        g_string_append(yaml, open);
    }
    g_string_append(yaml, "x");
    for (guint i = 0; i < depth; i++) {
        g_string_append(yaml, close);
    }
    return g_string_free(yaml, FALSE);
}

static void test_depth(void)
{
    static const struct {
        guint depth;
        const char *open, *close;
        const char *problems;
    } rows[] = {
        {64, "[", "]", ""},
        {65, "[", "]", "1:65 limit-depth"},
        {64, "{a: ", "}", ""},
        {65, "{a: ", "}", "1:257 limit-depth"},
        {64, "- ", "", ""},
        {65, "- ", "", "1:129 limit-depth"},
        {100000, "[", "]", "1:65 limit-depth"},
        {100000, "[", "", "1:65 limit-depth"},
        {100000, "- ", "", "1:129 limit-depth"},
        {100000, "{a: ", "", "1:257 limit-depth"},
        {100000, "? ", "", "1:129 limit-depth"},
        {100000, "- [", "]", NULL},
    };
    gint64 start = g_get_monotonic_time();
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *yaml = nested(rows[i].depth, rows[i].open, rows[i].close);
        g_auto(Read) read = read_text(yaml);
        g_autofree char *problems = show_problems(&read);
        if (rows[i].problems != NULL) {
            g_assert_cmpstr(problems, ==, rows[i].problems);
        }
        g_assert_true((read.document != NULL) == (rows[i].depth == 64));
    }
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);

    OfLimits limits = of_limits_default();
    limits.value[OF_LIMIT_DEPTH] = 1000;
    g_autofree char *deep = nested(1000, "[", "]"), *deeper = nested(1001, "[", "]");
    g_auto(Read) allowed = read_named("a.yaml", deep, strlen(deep), &limits);
    g_assert_nonnull(allowed.document);
    g_auto(Read) refused = read_named("a.yaml", deeper, strlen(deeper), &limits);
    g_assert_true(of_diagnostics_has_limit(refused.diagnostics));
}

/* Aliases must not hide depth: what reads the tree may recurse. */
static void test_depth_of_aliases(void)
{
    g_autofree char *inner = nested(40, "[", "]");
    for (guint outer = 23; outer <= 24; outer++) {
        g_autofree char *brackets = nested(outer, "[", "]");
        g_auto(GStrv) halves = g_strsplit(brackets, "x", 2);
        g_autofree char *yaml = g_strdup_printf("a: &a %s\nb: %s*a%s\n", inner, halves[0], halves[1]);
        g_auto(Read) read = read_text(yaml);
        g_assert_true((read.document != NULL) == (outer == 23));
        g_assert_true(of_diagnostics_has_limit(read.diagnostics) == (outer == 24));
    }
    GString *chain = g_string_new("- &x0 1\n");
    for (guint i = 0; i < 1000; i++) {
        g_string_append_printf(chain, "- &x%u [*x%u]\n", i + 1, i);
    }
    g_autofree char *yaml = g_string_free(chain, FALSE);
    g_auto(Read) read = read_text(yaml);
    g_autofree char *problems = show_problems(&read);
    g_assert_cmpstr(problems, ==, "65:9 limit-depth");
}

static void test_nodes(void)
{
    /* 1 + 2 x (key and value) + 3 items + 3 items again = 11 nodes. */
    static const char yaml[] = "{a: &x [1, 2, 3], b: *x}";
    for (gint64 limit = 10; limit <= 11; limit++) {
        OfLimits limits = of_limits_default();
        limits.value[OF_LIMIT_NODES] = limit;
        g_auto(Read) read = read_named("a.yaml", yaml, strlen(yaml), &limits);
        g_autofree char *problems = show_problems(&read);
        g_assert_cmpstr(problems, ==, limit == 11 ? "" : "1:22 limit-nodes");
    }
}

static void test_alias_bomb(void)
{
    static const char *const forms[] = {
        "x%u: &x%u [*x%u,*x%u,*x%u,*x%u,*x%u,*x%u,*x%u,*x%u,*x%u]\n",
        "x%u: &x%u {a: *x%u, b: *x%u, c: *x%u, d: *x%u, e: *x%u, f: *x%u, g: *x%u, h: *x%u, i: *x%u}\n"};
    for (gsize form = 0; form < G_N_ELEMENTS(forms); form++) {
        GString *bomb = g_string_new("x0: &x0 lol\n");
        g_auto(GStrv) parts = g_strsplit(forms[form], "%u", -1);
        for (guint i = 1; i < 60; i++) {
            for (guint k = 0; parts[k] != NULL; k++) {
                g_string_append(bomb, parts[k]);
                if (parts[k + 1] != NULL) {
                    g_string_append_printf(bomb, "%u", k < 2 ? i : i - 1);
                }
            }
        }
        g_autofree char *yaml = g_string_free(bomb, FALSE);
        gint64 start = g_get_monotonic_time();
        g_auto(Read) read = read_text(yaml);
        g_assert_cmpint(g_get_monotonic_time() - start, <, G_USEC_PER_SEC / 10);
        g_assert_null(read.document);
        g_assert_cmpuint(of_diagnostics_count(read.diagnostics), ==, 1);
        const OfDiagnostic *found = of_diagnostics_get(read.diagnostics, 0);
        g_assert_cmpstr(found->code, ==, "limit-nodes");
        g_assert_cmpint(found->kind, ==, OF_KIND_LIMIT);
        g_assert_nonnull(strstr(found->message, "20000000"));
        g_assert_nonnull(strstr(found->hint, "--limit nodes=N"));
    }
}

/* ---- Hostile sizes ---- */

static char *repeat(const char *head, const char *piece, guint n, const char *tail)
{
    GString *yaml = g_string_new(head);
    for (guint i = 0; i < n; i++) {
        g_string_append(yaml, piece);
    }
    g_string_append(yaml, tail);
    return g_string_free(yaml, FALSE);
}

/* Each of these took time that grows with the square of its size where something walks over all that came before. */
static void test_linear(void)
{
    static const struct {
        const char *head, *piece;
        guint n;
        const char *tail, *code; /* of the first problem */
    } rows[] = {
        {"", "a: 1\n", 200000, "", "duplicate-key"},
        {"{", "a: 1, ", 200000, "}", "duplicate-key"},
        {"a: [", "*zz, ", 200000, "]\n", "undefined-alias"},
        {"a: 1\n...\n", "%TAG !a! x\n", 300000, "---\nb: 1\n", "second-document"},
        {"", "%TAG !a! x\n", 300000, "---\nb: 1\n", "custom-tag"},
        {"", "- \"\\u202e\"\n", 100000, "", "bidi-control"},
        {"[", "\"\\u202e\", ", 100000, "]", "bidi-control"},
        {"[", "!x a, ", 100000, "]", "custom-tag"},
        {"", "\x01\n", 200000, "", "control-character"},
        {"", "- |\n  x\n", 200000, "- *x\n", "undefined-alias"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *yaml = repeat(rows[i].head, rows[i].piece, rows[i].n, rows[i].tail);
        gint64 start = g_get_monotonic_time();
        g_auto(Read) read = read_text(yaml);
        g_assert_cmpstr(of_diagnostics_get(read.diagnostics, 0)->code, ==, rows[i].code);
        g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
    }
}

/* Keys that all have one hash under g_str_hash. */
static void test_colliding_keys(void)
{
    GString *yaml = g_string_new(NULL);
    for (guint i = 0; i < 1u << 16; i++) {
        for (guint bit = 0; bit < 16; bit++) {
            g_string_append(yaml, (i >> bit) & 1 ? "ar" : "c0");
        }
        g_string_append(yaml, ": 1\n");
    }
    g_assert_cmpuint(g_str_hash("ar"), ==, g_str_hash("c0"));
    g_autofree char *bytes = g_string_free(yaml, FALSE);
    gint64 start = g_get_monotonic_time();
    g_auto(Read) read = read_text(bytes);
    g_assert_nonnull(read.document);
    g_assert_cmpuint(of_document_root(read.document)->n, ==, 1u << 16);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
}

static void test_large(void)
{
    g_autofree char *yaml = repeat("[", "a, ", 300000, "b]\n");
    g_auto(Read) read = read_text(yaml);
    const OfNode *root = of_document_root(read.document);
    g_assert_cmpuint(root->n, ==, 300001);
    g_assert_cmpstr(root->items[299999].text, ==, "a");
    g_assert_cmpstr(root->items[300000].text, ==, "b");
    g_assert_cmpuint(root->items[300000].column, ==, 900002);
    g_autofree char *word = g_strnfill(3000000, 'w');
    g_autofree char *wide = g_strdup_printf("a: %s\nb: \"%s\"\n", word, word);
    g_auto(Read) long_text = read_text(wide);
    const OfNode *value = &of_document_root(long_text.document)->pairs[0].value;
    g_assert_cmpstr(value->text, ==, word);
    g_assert_cmpuint(of_node_place(long_text.document, value).length, ==, 3000000);
}

/* ---- Noise ---- */

/* Broken copies of good input: whatever comes, reading ends, and says what is wrong or gives a tree (see read_named()). */
static void test_noise(void)
{
    static const char seed[] =
        "orgflow: 1\ntitle: \"A \\u00e9 \\x41\"\nlabs: &l\n  fair: {name: FAIR, parent: meta}\n  meta: {name: 'Meta'}\n"
        "events:\n  - date: 2023-04~ # c\n    people: [a, *l, !!str 5]\n    note: |\n      é 😀\n      x\n  - ? k\n    : v\n";
    static const char *const pieces[] = {"\t", "[",      "]",  "{", "}",  ": ",    "- ",    "*l",          "&l ",  "!!int ", "\"",
                                         "'",  "\n",     "\r", "#", "\\", "---\n", "...\n", "%YAML 2.0\n", "<<: ", "\xff",   "\xc3",
                                         "é",  "\u2028", "|",  ">", "? ", ",",     "@",     "\x01",        "!x "};
    for (int i = 0; i < 20000; i++) {
        g_autoptr(GString) yaml = g_string_new(seed);
        for (int k = g_test_rand_int_range(0, 4); k >= 0; k--) {
            gssize at = g_test_rand_int_range(0, (gint32) yaml->len + 1);
            if (g_test_rand_bit()) {
                g_string_insert(yaml, at, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
            } else {
                g_string_erase(yaml, at, MIN((gssize) yaml->len - at, k == 0 ? 1 : 40));
            }
        }
        g_auto(Read) read = read_named(i % 2 == 0 ? "a.yaml" : "a.json", yaml->str, yaml->len, NULL);
        if (read.document != NULL) {
            g_autofree char *tree = show_tree(read.document, true);
            g_assert_cmpuint(strlen(tree), >, 0);
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/node/trees", test_trees);
    g_test_add_func("/node/places", test_places);
    g_test_add_func("/node/interned-keys", test_interned_keys);
    g_test_add_func("/node/get", test_get);
    g_test_add_func("/node/syntax", test_syntax);
    g_test_add_func("/node/structure", test_structure);
    g_test_add_func("/node/encoding", test_encoding);
    g_test_add_func("/node/encoding-in-blocks", test_encoding_in_blocks);
    g_test_add_func("/node/large-duplicates", test_large_duplicates);
    g_test_add_func("/node/messages", test_messages);
    g_test_add_func("/node/json", test_json);
    g_test_add_func("/node/depth", test_depth);
    g_test_add_func("/node/depth-of-aliases", test_depth_of_aliases);
    g_test_add_func("/node/nodes", test_nodes);
    g_test_add_func("/node/alias-bomb", test_alias_bomb);
    g_test_add_func("/node/linear", test_linear);
    g_test_add_func("/node/colliding-keys", test_colliding_keys);
    g_test_add_func("/node/large", test_large);
    g_test_add_func("/node/noise", test_noise);
    return g_test_run();
}
