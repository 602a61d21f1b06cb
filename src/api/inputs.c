#include "api/handles.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void clear_input(gpointer data)
{
    OfInput *input = data;
    g_free((char *) (gsize) input->name);
    g_free(input->bytes);
}

OrgflowStatus of_api_fail(GError *error, char **message)
{
    const OrgflowStatus status = error->domain == OF_ERROR ? (OrgflowStatus) error->code
                                 : g_str_equal(g_quark_to_string(error->domain), "g-option-context-error-quark")
                                     ? ORGFLOW_USAGE
                                     : ORGFLOW_ENVIRONMENT;
    if (message != NULL) {
        *message = g_strdup(error->message);
    }
    g_error_free(error);
    return status;
}

OrgflowInputs *orgflow_inputs_new(void)
{
    OrgflowInputs *inputs = g_new0(OrgflowInputs, 1);
    inputs->inputs = g_array_new(FALSE, FALSE, sizeof(OfInput));
    g_array_set_clear_func(inputs->inputs, clear_input);
    inputs->limits = of_limits_default();
    return inputs;
}

void orgflow_inputs_free(OrgflowInputs *inputs)
{
    if (inputs == NULL) {
        return;
    }
    g_array_unref(inputs->inputs);
    g_free(inputs->name);
    g_free(inputs);
}

OrgflowStatus orgflow_inputs_set_limit(OrgflowInputs *inputs, const char *assignment, char **message)
{
    GError *error = NULL;
    return of_limits_set(&inputs->limits, assignment, &error) ? ORGFLOW_OK : of_api_fail(error, message);
}

void orgflow_inputs_set_progress(OrgflowInputs *inputs, OrgflowProgress progress, void *data)
{
    inputs->progress = progress;
    inputs->progress_data = data;
}

void of_inputs_name(OrgflowInputs *inputs, const char *path)
{
    if (inputs->name != NULL) {
        return;
    }
    g_autofree char *base = g_path_get_basename(path);
    char *dot = strrchr(base, '.');
    if (dot != NULL && dot != base) {
        *dot = '\0';
    }
    inputs->name = g_str_equal(base, "<stdin>") ? g_strdup("story") : g_steal_pointer(&base);
}

void of_inputs_take(OrgflowInputs *inputs, const char *name, char *bytes, gsize length)
{
    OfInput input = {g_strdup(name), bytes, length};
    g_array_append_val(inputs->inputs, input);
}

/* Reads no more than most and one byte, so that a file without end is stopped. */
static bool read_fd(int fd, gint64 most, GByteArray *bytes)
{
    enum { CHUNK = 1 << 16 };
    while ((gint64) bytes->len <= most) {
        const guint before = bytes->len, room = (guint) MIN(most + 1 - (gint64) before, CHUNK);
        g_byte_array_set_size(bytes, before + room);
        const gssize n = read(fd, bytes->data + before, room);
        g_byte_array_set_size(bytes, before + (guint) MAX(n, 0));
        if (n < 0 && errno == EAGAIN) { /* who shares the descriptor may have set it not to block */
            struct pollfd ready = {.fd = fd, .events = POLLIN};
            poll(&ready, 1, -1);
        } else if (n < 0 && errno != EINTR) {
            return false;
        }
        if (n == 0) {
            break;
        }
    }
    return true;
}

static OrgflowStatus fail_input(OrgflowStatus status, const char *path, const char *why, char **message)
{
    if (message != NULL) {
        g_autofree char *shown = of_text_escape(path, -1);
        *message = g_strdup_printf("cannot read `%s`: %s", shown, why);
    }
    return status;
}

/* name: what messages call it. */
static OrgflowStatus add_fd(OrgflowInputs *inputs, int fd, const char *name, char **message)
{
    const gint64 limit = inputs->limits.value[OF_LIMIT_INPUT_BYTES], most = MIN(limit, G_MAXINT32);
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    if (!read_fd(fd, most, bytes)) {
        return fail_input(ORGFLOW_INVALID, name, g_strerror(errno), message);
    }
    if ((gint64) bytes->len > most && most < limit) {
        return fail_input(ORGFLOW_LIMIT, name, "one input can hold 2 GiB at most, whatever the limit `input-bytes`", message);
    }
    const gsize length = bytes->len;
    g_byte_array_append(bytes, (const guint8 *) "", 1);
    of_inputs_take(inputs, name, (char *) g_byte_array_free(g_steal_pointer(&bytes), FALSE), length);
    return ORGFLOW_OK;
}

static OrgflowStatus add_file(OrgflowInputs *inputs, const char *path, char **message)
{
    int fd;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (fd < 0 && errno == EINTR); /* a named pipe waits for its other side */
    if (fd < 0) {
        return fail_input(ORGFLOW_INVALID, path, g_strerror(errno), message);
    }
    const OrgflowStatus status = add_fd(inputs, fd, path, message);
    close(fd);
    return status;
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The paths of a folder's files, sorted; NULL with errno where it cannot be read to its end (which GDir would not tell). */
static GPtrArray *list_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    errno = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (g_str_has_suffix(entry->d_name, ".yaml")) {
            g_ptr_array_add(files, g_build_filename(path, entry->d_name, NULL));
        }
        errno = 0;
    }
    const int failure = errno;
    closedir(folder);
    g_ptr_array_sort(files, compare_names);
    GPtrArray *whole = failure == 0 ? g_steal_pointer(&files) : NULL;
    g_clear_pointer(&files, g_ptr_array_unref);
    errno = failure;
    return whole;
}

static OrgflowStatus add_folder(OrgflowInputs *inputs, const char *path, char **message)
{
    g_autoptr(GPtrArray) files = list_folder(path);
    if (files == NULL) {
        return fail_input(ORGFLOW_INVALID, path, g_strerror(errno), message);
    }
    if (files->len == 0 && message != NULL) {
        g_autofree char *shown = of_text_escape(path, -1);
        *message = g_strdup_printf("the folder `%s` holds no *.yaml file", shown);
    }
    OrgflowStatus status = files->len > 0 ? ORGFLOW_OK : ORGFLOW_INVALID;
    for (guint i = 0; i < files->len && status == ORGFLOW_OK; i++) {
        status = add_file(inputs, files->pdata[i], message);
    }
    return status;
}

OrgflowStatus orgflow_inputs_add_path(OrgflowInputs *inputs, const char *path, char **message)
{
    if (g_str_equal(path, "-")) {
        of_inputs_name(inputs, "<stdin>");
        return add_fd(inputs, STDIN_FILENO, "<stdin>", message);
    }
    of_inputs_name(inputs, path);
    return g_file_test(path, G_FILE_TEST_IS_DIR) ? add_folder(inputs, path, message) : add_file(inputs, path, message);
}

void orgflow_inputs_add_memory(OrgflowInputs *inputs, const char *name, const void *bytes, size_t length)
{
    of_inputs_name(inputs, name);
    char *copy = g_malloc(length + 1);
    if (length > 0) { /* else bytes may be NULL */
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    of_inputs_take(inputs, name, copy, length);
}

const void *orgflow_inputs_bytes(const OrgflowInputs *inputs, size_t index, size_t *length)
{
    if (index >= inputs->inputs->len) {
        return NULL;
    }
    const OfInput *input = &g_array_index(inputs->inputs, OfInput, index);
    *length = input->length;
    return input->bytes;
}
