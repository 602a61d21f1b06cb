#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

/* ---- A folder of its own for each test ---- */

typedef struct {
    char *folder;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
    (void) data;
    GError *error = NULL;
    fixture->folder = g_dir_make_tmp("orgflow-test-XXXXXX", &error);
    g_assert_no_error(error);
}

/* Removes what is in the folder; returns how many entries there were. */
static guint empty_folder(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    g_assert_nonnull(dir);
    guint n = 0;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL; n++) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (remove(path) != 0) {
            g_assert_cmpuint(empty_folder(path), <, 100);
            g_assert_cmpint(remove(path), ==, 0);
        }
    }
    g_dir_close(dir);
    return n;
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
    (void) data;
    empty_folder(fixture->folder);
    g_assert_cmpint(g_rmdir(fixture->folder), ==, 0);
    g_free(fixture->folder);
}

static char *path_in(const Fixture *fixture, const char *name)
{
    return g_build_filename(fixture->folder, name, NULL);
}

static guint count_entries(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    guint n = 0;
    while (g_dir_read_name(dir) != NULL) {
        n++;
    }
    g_dir_close(dir);
    return n;
}

static void write_ok(const char *path, const char *text)
{
    GError *error = NULL;
    bool done = of_output_write_file(path, text, strlen(text), &error);
    g_assert_no_error(error);
    g_assert_true(done);
}

static void write_refused(const char *path, const char *text, const char *reason)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(of_output_write_file(path, text, strlen(text), &error));
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_autofree char *expected = g_strdup_printf("cannot write `%s`: %s", path, reason);
    g_assert_cmpstr(error->message, ==, expected);
}

static void assert_content(const char *path, const char *expected)
{
    g_autofree char *content = NULL;
    g_assert_true(g_file_get_contents(path, &content, NULL, NULL));
    g_assert_cmpstr(content, ==, expected);
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    g_assert_cmpint(stat(path, &status), ==, 0);
    return status.st_mode & 07777;
}

/* ---- Regular files ---- */

static void test_new(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *path = path_in(fixture, "new.svg");
    mode_t mask = umask(027);
    write_ok(path, "one");
    umask(mask);
    assert_content(path, "one");
    g_assert_cmpuint(mode_of(path), ==, 0640);
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
    g_autofree char *empty = path_in(fixture, "empty");
    g_assert_true(of_output_write_file(empty, NULL, 0, NULL));
    assert_content(empty, "");
}

static void test_large(Fixture *fixture, gconstpointer data)
{
    (void) data;
    gsize length = 20 * 1024 * 1024 + 7;
    g_autofree char *bytes = g_malloc(length);
    for (gsize i = 0; i < length; i++) {
        bytes[i] = (char) (i * 31 % 251);
    }
    g_autofree char *path = path_in(fixture, "large");
    g_assert_true(of_output_write_file(path, bytes, length, NULL));
    g_autofree char *content = NULL;
    gsize n;
    g_assert_true(g_file_get_contents(path, &content, &n, NULL));
    g_assert_cmpuint(n, ==, length);
    g_assert_true(memcmp(content, bytes, length) == 0);
}

/* The new file is another one: who has the old one open still reads the old one, whole. */
static void test_replace(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *path = path_in(fixture, "old.svg");
    write_ok(path, "the old one");
    g_assert_cmpint(g_chmod(path, 0604), ==, 0);
    int old = open(path, O_RDONLY);
    write_ok(path, "new");
    assert_content(path, "new");
    g_assert_cmpuint(mode_of(path), ==, 0604);
    char bytes[32] = {0};
    g_assert_cmpint((int) read(old, bytes, sizeof bytes - 1), ==, 11);
    g_assert_cmpstr(bytes, ==, "the old one");
    close(old);
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
}

static void test_relative(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *before = g_get_current_dir();
    g_assert_cmpint(g_chdir(fixture->folder), ==, 0);
    write_ok("here.svg", "one");
    write_ok("./here.svg", "two");
    g_assert_cmpint(g_chdir(before), ==, 0);
    g_autofree char *path = path_in(fixture, "here.svg");
    assert_content(path, "two");
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
}

static void test_links(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *sub = path_in(fixture, "sub");
    g_assert_cmpint(g_mkdir(sub, 0755), ==, 0);
    g_autofree char *target = path_in(fixture, "sub/target"), *link_path = path_in(fixture, "link");
    g_autofree char *second = path_in(fixture, "second"), *loop = path_in(fixture, "loop");
    g_assert_cmpint(symlink("sub/target", link_path), ==, 0);
    g_assert_cmpint(symlink("link", second), ==, 0);
    write_ok(second, "through links to nothing");
    assert_content(target, "through links to nothing");
    write_ok(link_path, "again");
    assert_content(target, "again");
    g_assert_true(g_file_test(link_path, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_test(second, G_FILE_TEST_IS_SYMLINK));
    g_assert_cmpuint(count_entries(sub), ==, 1);
    g_assert_cmpint(symlink("loop", loop), ==, 0);
    write_refused(loop, "x", g_strerror(ELOOP));
    g_autofree char *nowhere = path_in(fixture, "nowhere");
    g_assert_cmpint(symlink("gone/file", nowhere), ==, 0);
    write_refused(nowhere, "x", g_strerror(ENOENT));
    g_assert_cmpuint(count_entries(fixture->folder), ==, 5);
}

static void test_refused(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *file = path_in(fixture, "file");
    write_ok(file, "x");
    write_refused(fixture->folder, "x", "it is a folder");
    g_autofree char *below = path_in(fixture, "file/below"), *gone = path_in(fixture, "gone/file"),
                    *slash = path_in(fixture, "gone/");
    write_refused(below, "x", g_strerror(ENOTDIR));
    write_refused(gone, "x", g_strerror(ENOENT));
    write_refused(slash, "x", g_strerror(ENOENT));
    write_refused("", "x", g_strerror(ENOENT));
    g_autofree char *name = g_strnfill(300, 'n');
    g_autofree char *long_name = path_in(fixture, name);
    write_refused(long_name, "x", g_strerror(ENAMETOOLONG));
    g_autoptr(GError) error = NULL;
    g_assert_false(of_output_write_file("gone\033[1m/x", "x", 1, &error));
    g_assert_true(g_str_has_prefix(error->message, "cannot write `gone\\x1B[1m/x`: "));
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
    assert_content(file, "x");
}

/* What a user without rights meets; root meets it nowhere. */
static void test_unwritable(Fixture *fixture, gconstpointer data)
{
    (void) data;
    if (geteuid() == 0) {
        g_test_skip("root may write anywhere");
        return;
    }
    g_autofree char *kept = path_in(fixture, "kept");
    write_ok(kept, "old");
    g_assert_cmpint(g_chmod(kept, 0444), ==, 0);
    write_refused(kept, "new", g_strerror(EACCES));
    g_assert_cmpint(g_chmod(kept, 0644), ==, 0);
    g_assert_cmpint(g_chmod(fixture->folder, 0555), ==, 0);
    write_refused(kept, "new", g_strerror(EACCES));
    g_assert_cmpint(g_chmod(fixture->folder, 0755), ==, 0);
    assert_content(kept, "old");
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
}

/* A file size limit stands in for a full disk: the write fails in the middle. */
static void test_full(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *path = path_in(fixture, "file");
    write_ok(path, "the old one");
    g_autofree char *large = g_strnfill(100000, 'x');
    struct rlimit before, low;
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
    low = before;
    low.rlim_cur = 4096;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &low), ==, 0);
    g_autoptr(GError) error = NULL;
    bool done = of_output_write_file(path, large, strlen(large), &error);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    signal(SIGXFSZ, handler);
    g_assert_false(done);
    g_assert_error(error, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_assert_nonnull(strstr(error->message, g_strerror(EFBIG)));
    assert_content(path, "the old one");
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
}

/* ---- What is no regular file ---- */

static void test_devices(Fixture *fixture, gconstpointer data)
{
    (void) data;
    write_ok("/dev/null", "x");
    struct stat status;
    g_assert_cmpint(stat("/dev/null", &status), ==, 0);
    g_assert_true(S_ISCHR(status.st_mode));
    if (g_file_test("/dev/full", G_FILE_TEST_EXISTS)) {
        write_refused("/dev/full", "x", g_strerror(ENOSPC));
    }
    g_autofree char *link_path = path_in(fixture, "link");
    g_assert_cmpint(symlink("/dev/null", link_path), ==, 0);
    write_ok(link_path, "x");
    g_assert_true(g_file_test(link_path, G_FILE_TEST_IS_SYMLINK));
}

static gpointer read_all(gpointer data)
{
    char *content = NULL;
    g_file_get_contents(data, &content, NULL, NULL);
    return content;
}

static void test_pipe_by_name(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *path = path_in(fixture, "pipe");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    GThread *reader = g_thread_new("reader", read_all, path);
    write_ok(path, "through a pipe");
    g_autofree char *content = g_thread_join(reader);
    g_assert_cmpstr(content, ==, "through a pipe");
    g_assert_cmpuint(count_entries(fixture->folder), ==, 1);
}

/* A file that has lost its name can only be written in place, through the descriptor that is left. */
static void test_nameless(Fixture *fixture, gconstpointer data)
{
    (void) data;
    g_autofree char *path = path_in(fixture, "file");
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_autofree char *link_path = g_strdup_printf("/proc/self/fd/%d", fd);
    if (!g_file_test(link_path, G_FILE_TEST_EXISTS)) {
        g_test_skip("no /proc");
        close(fd);
        return;
    }
    write_ok(link_path, "kept");
    char bytes[8] = {0};
    g_assert_cmpint((int) pread(fd, bytes, sizeof bytes - 1, 0), ==, 4);
    g_assert_cmpstr(bytes, ==, "kept");
    close(fd);
    g_assert_cmpuint(count_entries(fixture->folder), ==, 0);
}

/* ---- Descriptors ---- */

typedef struct {
    int fd;
    GString *bytes;
} Drain;

static gpointer drain(gpointer data)
{
    Drain *into = data;
    char piece[4096];
    ssize_t n;
    g_usleep(20000); /* so that the writer meets a full pipe first */
    while ((n = read(into->fd, piece, sizeof piece)) > 0) {
        g_string_append_len(into->bytes, piece, n);
    }
    return NULL;
}

/* Many times what a pipe holds, to a descriptor that blocks and to one that does not. */
static void test_descriptor(void)
{
    for (int flags = 0; flags <= O_NONBLOCK; flags += O_NONBLOCK) {
        int ends[2];
        g_assert_cmpint(pipe(ends), ==, 0);
        g_assert_cmpint(fcntl(ends[1], F_SETFL, flags), ==, 0);
        Drain into = {ends[0], g_string_new(NULL)};
        GThread *reader = g_thread_new("drain", drain, &into);
        gsize length = 3000001;
        g_autofree char *bytes = g_strnfill(length, 'q');
        GError *error = NULL;
        g_assert_true(of_output_write_fd(ends[1], "<stdout>", bytes, length, &error));
        g_assert_no_error(error);
        close(ends[1]);
        g_thread_join(reader);
        close(ends[0]);
        g_assert_cmpuint(into.bytes->len, ==, length);
        g_assert_true(memcmp(into.bytes->str, bytes, length) == 0);
        g_string_free(into.bytes, TRUE);
    }
}

static void test_broken_descriptor(void)
{
    void (*handler)(int) = signal(SIGPIPE, SIG_IGN);
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    close(ends[0]);
    g_autoptr(GError) broken = NULL, closed = NULL;
    g_assert_false(of_output_write_fd(ends[1], "<stdout>", "x", 1, &broken));
    g_assert_error(broken, OF_ERROR, OF_ERROR_ENVIRONMENT);
    g_autofree char *expected = g_strdup_printf("cannot write `<stdout>`: %s", g_strerror(EPIPE));
    g_assert_cmpstr(broken->message, ==, expected);
    g_assert_true(of_output_write_fd(ends[1], "<stdout>", NULL, 0, NULL)); /* nothing to be written cannot fail */
    close(ends[1]);
    g_assert_false(of_output_write_fd(ends[1], "<stdout>", "x", 1, &closed));
    g_assert_nonnull(strstr(closed->message, g_strerror(EBADF)));
    signal(SIGPIPE, handler);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path;
        void (*run)(Fixture *, gconstpointer);
    } tests[] = {
        {"/output/new", test_new},
        {"/output/large", test_large},
        {"/output/replace", test_replace},
        {"/output/relative", test_relative},
        {"/output/links", test_links},
        {"/output/refused", test_refused},
        {"/output/unwritable", test_unwritable},
        {"/output/full", test_full},
        {"/output/devices", test_devices},
        {"/output/pipe-by-name", test_pipe_by_name},
        {"/output/nameless", test_nameless},
    };
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++) {
        g_test_add(tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
    }
    g_test_add_func("/output/descriptor", test_descriptor);
    g_test_add_func("/output/broken-descriptor", test_broken_descriptor);
    return g_test_run();
}
