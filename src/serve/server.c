#include "serve/server.h"

#include <gio/gio.h>
#include <string.h>

#include "serve/shell_files.h"
#include "serve/streams.h"

/* Connections at once: a browser has six. Beyond it the one that has been silent for longest is closed. */
#define MOST_CONNECTIONS 128

/* Seconds for which a connection may say nothing, or take nothing. */
#define SILENT_SECONDS 60

#define BACKLOG 256

/* Of a connection that is not closed for its silence: a stream's, which has a count and signs of life of its own. */
#define KEPT G_MAXUINT64

/* The page: scripts and styles of its own, its events, and drawings in a frame. */
#define PAGE_POLICY                                                                                                                \
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "               \
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/* A drawing, which may have a stricter one of its own: nothing from elsewhere. */
#define DRAWING_POLICY                                                                                                             \
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "                   \
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

typedef struct {
    OfServer *server;
    GSocketConnection *stream; /* not a reference: libsoup has it */
    GSocket *socket;
    GSocketAddress *remote; /* tells whose a request is */
    guint64 heard;          /* when it was heard last, counted in requests; or KEPT */
} Connection;

struct OfServer {
    OfDrawings *drawings;
    OfStreams *streams;
    SoupServer *soup;
    GSocketService *service;
    GPtrArray *connections; /* of Connection */
    guint64 n_heard;
    guint16 port;
    char *address;
};

/* ---- Answers ---- */

/* bytes may be NULL: none. */
static void answer(SoupServerMessage *request, guint status, const char *media_type, const char *policy, GBytes *bytes)
{
    SoupMessageHeaders *headers = of_soup.server_message_get_response_headers(request);
    g_autofree char *type = g_strconcat(media_type, "; charset=utf-8", NULL);
    of_soup.server_message_set_status(request, status, NULL);
    of_soup.message_headers_replace(headers, "Content-Type", type);
    of_soup.message_headers_replace(headers, "Content-Security-Policy", policy);
    if (bytes != NULL) {
        of_soup.message_body_append_bytes(of_soup.server_message_get_response_body(request), bytes);
    }
}

static void answer_text(SoupServerMessage *request, guint status, const char *text)
{
    g_autofree char *line = g_strconcat(text, "\n", NULL);
    g_autoptr(GBytes) bytes = g_bytes_new(line, strlen(line));
    answer(request, status, "text/plain", PAGE_POLICY, bytes);
}

static void refuse(SoupServerMessage *request, guint status, const char *text)
{
    of_soup.message_headers_replace(of_soup.server_message_get_response_headers(request), "Connection", "close");
    answer_text(request, status, text);
}

static void answer_drawing(OfServer *server, SoupServerMessage *request, const char *view)
{
    bool known = false;
    g_autoptr(GBytes) bytes = of_drawings_get(server->drawings, view, &known);
    if (bytes != NULL) {
        answer(request, SOUP_STATUS_OK, "text/html", DRAWING_POLICY, bytes);
    } else if (known) {
        answer_text(request, SOUP_STATUS_SERVICE_UNAVAILABLE, "there is no drawing yet");
    } else {
        answer_text(request, SOUP_STATUS_NOT_FOUND, "there is no such view");
    }
}

/* ---- Requests ---- */

static Connection *find_connection(const OfServer *server, SoupServerMessage *request);

/* Whether text is this server by one of its names; before: "", or what stands before it ("http://"). */
static bool names_server(const OfServer *server, const char *text, const char *before)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    bool named = false;
    for (gsize i = 0; i < G_N_ELEMENTS(names) && text != NULL && !named; i++) {
        g_autofree char *brief = g_strconcat(before, names[i], NULL), *full = g_strdup_printf("%s:%u", brief, server->port);
        named = g_ascii_strcasecmp(text, full) == 0 || (server->port == 80 && g_ascii_strcasecmp(text, brief) == 0);
    }
    return named;
}

/* What a page of another origin can ask for is refused, and so is a name that somebody else may have given to this address. */
static bool is_ours(const OfServer *server, SoupServerMessage *request, const char *path)
{
    SoupMessageHeaders *headers = of_soup.server_message_get_request_headers(request);
    const char *origin = of_soup.message_headers_get_list(headers, "Origin");
    const char *site = of_soup.message_headers_get_list(headers, "Sec-Fetch-Site");
    GUri *uri = of_soup.server_message_get_uri(request); /* its first line may name a host too */
    const int port = g_uri_get_port(uri);
    g_autofree char *target = g_strdup_printf("%s:%d", g_uri_get_host(uri), port > 0 ? port : 80);
    /* A link from elsewhere may lead to the page, but what the page asks for is for the page. */
    const bool from_page = strcmp(path, "/") == 0 || site == NULL || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0;
    return from_page && names_server(server, of_soup.message_headers_get_list(headers, "Host"), "") &&
           names_server(server, target, "") && (origin == NULL || names_server(server, origin, "http://"));
}

/* Before a request's body is read: whether it is answered at all. */
static void guard(SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *request, const char *path, GHashTable *query G_GNUC_UNUSED,
                  gpointer data)
{
    OfServer *server = data;
    static const char *const always[][2] = {{"X-Content-Type-Options", "nosniff"},
                                            {"Cache-Control", "no-store"},
                                            {"Referrer-Policy", "no-referrer"},
                                            {"Cross-Origin-Resource-Policy", "same-origin"},
                                            {"Cross-Origin-Opener-Policy", "same-origin"}};
    SoupMessageHeaders *headers = of_soup.server_message_get_response_headers(request);
    const char *method = of_soup.server_message_get_method(request);
    Connection *connection = find_connection(server, request);
    if (connection != NULL) {
        connection->heard = ++server->n_heard;
    }
    of_soup.message_body_set_accumulate(of_soup.server_message_get_request_body(request),
                                        FALSE); /* whatever it is, it is not kept */
    for (gsize i = 0; i < G_N_ELEMENTS(always); i++) {
        of_soup.message_headers_replace(headers, always[i][0], always[i][1]);
    }
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        of_soup.message_headers_replace(headers, "Allow", "GET, HEAD");
        refuse(request, SOUP_STATUS_METHOD_NOT_ALLOWED, "only GET and HEAD are answered");
    } else if (!is_ours(server, request, path)) {
        refuse(request, SOUP_STATUS_FORBIDDEN,
               "this address answers to its own page alone: the Host or Origin of the request is another one");
    }
}

static void open_stream(OfServer *server, SoupServerMessage *request, const char *view)
{
    Connection *connection = find_connection(server, request);
    if (strcmp(of_soup.server_message_get_method(request), "HEAD") == 0) {
        answer(request, SOUP_STATUS_OK, "text/event-stream", PAGE_POLICY, NULL);
    } else if (connection != NULL && of_streams_open(server->streams, request, connection->socket, view)) {
        connection->heard = KEPT;
    } else {
        g_autofree char *text = g_strdup_printf("%d pages are open, which is as many as can be: close one", OF_MOST_STREAMS);
        of_soup.message_headers_replace(of_soup.server_message_get_response_headers(request), "Retry-After", "5");
        answer_text(request, SOUP_STATUS_SERVICE_UNAVAILABLE, text);
    }
}

static void handle(SoupServer *soup G_GNUC_UNUSED, SoupServerMessage *request, const char *path, GHashTable *query, gpointer data)
{
    OfServer *server = data;
    static const struct {
        const char *path, *media_type, *text;
    } files[] = {
        {"/", "text/html", of_shell_html}, {"/shell.css", "text/css", of_shell_css}, {"/shell.js", "text/javascript", of_shell_js}};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        if (strcmp(path, files[i].path) == 0) {
            g_autoptr(GBytes) bytes = g_bytes_new_static(files[i].text, strlen(files[i].text));
            answer(request, SOUP_STATUS_OK, files[i].media_type, PAGE_POLICY, bytes);
            return;
        }
    }
    if (strcmp(path, "/events") == 0) {
        open_stream(server, request, query != NULL ? g_hash_table_lookup(query, "view") : NULL);
    } else if (g_str_has_prefix(path, "/drawing/")) {
        answer_drawing(server, request, path + strlen("/drawing/"));
    } else {
        answer_text(request, SOUP_STATUS_NOT_FOUND, "there is nothing of that name here");
    }
}

/* ---- Connections ---- */

static Connection *find_connection(const OfServer *server, SoupServerMessage *request)
{
    const GSocketAddress *remote = of_soup.server_message_get_remote_address(request);
    for (guint i = 0; i < server->connections->len; i++) {
        Connection *connection = server->connections->pdata[i];
        if (connection->remote == remote) {
            return connection;
        }
    }
    return NULL;
}

static void free_connection(gpointer data)
{
    Connection *connection = data;
    g_object_unref(connection->socket);
    g_object_unref(connection->remote);
    g_free(connection);
}

static void forget_connection(gpointer data, GObject *stream G_GNUC_UNUSED)
{
    Connection *connection = data;
    g_ptr_array_remove_fast(connection->server->connections, connection);
}

/* libsoup then finds that it is closed. */
static void close_silent(OfServer *server)
{
    Connection *silent = NULL;
    for (guint i = 0; i < server->connections->len; i++) {
        Connection *connection = server->connections->pdata[i];
        silent = silent == NULL || connection->heard < silent->heard ? connection : silent;
    }
    if (silent != NULL && silent->heard != KEPT) {
        g_socket_shutdown(silent->socket, TRUE, TRUE, NULL);
        silent->heard = KEPT; /* not twice */
    }
}

static gboolean let_in(GSocketService *service G_GNUC_UNUSED, GSocketConnection *stream, GObject *source G_GNUC_UNUSED,
                       gpointer data)
{
    OfServer *server = data;
    g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address(stream, NULL);
    g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address(stream, NULL);
    if (remote == NULL || local == NULL) {
        return TRUE; /* gone already */
    }
    if (server->connections->len >= MOST_CONNECTIONS) {
        close_silent(server);
    }
    if (server->connections->len >= 2 * MOST_CONNECTIONS) { /* closing them has not got through yet */
        return TRUE;
    }
    Connection *connection = g_new0(Connection, 1);
    connection->server = server;
    connection->stream = stream;
    connection->socket = g_object_ref(g_socket_connection_get_socket(stream));
    connection->remote = g_object_ref(remote);
    connection->heard = ++server->n_heard;
    g_socket_set_timeout(connection->socket, SILENT_SECONDS);
    g_object_weak_ref(G_OBJECT(stream), forget_connection, connection);
    g_ptr_array_add(server->connections, connection);
    of_soup.server_accept_iostream(server->soup, G_IO_STREAM(stream), local, remote, NULL);
    return TRUE;
}

static bool listen_locally(OfServer *server, guint16 port, char **message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketAddress) effective = NULL;
    g_autoptr(GInetAddress) local = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
    g_autoptr(GSocketAddress) address = g_inet_socket_address_new(local, port);
    server->service = g_socket_service_new();
    g_socket_listener_set_backlog(G_SOCKET_LISTENER(server->service), BACKLOG);
    if (g_socket_listener_add_address(G_SOCKET_LISTENER(server->service), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                      NULL, &effective, &error)) {
        server->port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(effective));
        server->address = g_strdup_printf("http://127.0.0.1:%u/", server->port);
        return true;
    }
    *message =
        g_error_matches(error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE)
            ? g_strdup_printf("port %u is taken, perhaps by another `orgflow watch`: name another with --port, or 0 for any", port)
            : g_strdup_printf("cannot listen on port %u: %s", port, error->message);
    return false;
}

OfServer *of_server_new(OfDrawings *drawings, guint16 port, char **message)
{
    OfServer *server = g_new0(OfServer, 1);
    server->drawings = drawings;
    server->connections = g_ptr_array_new_with_free_func(free_connection);
    server->streams = of_streams_new(drawings);
    server->soup = of_soup.server_new(NULL, NULL);
    of_soup.server_add_early_handler(server->soup, NULL, guard, server, NULL);
    of_soup.server_add_handler(server->soup, NULL, handle, server, NULL);
    if (!listen_locally(server, port, message)) {
        of_server_free(server);
        return NULL;
    }
    g_signal_connect(server->service, "incoming", G_CALLBACK(let_in), server);
    return server;
}

void of_server_free(OfServer *server)
{
    if (server == NULL) {
        return;
    }
    g_socket_service_stop(server->service);
    g_socket_listener_close(G_SOCKET_LISTENER(server->service));
    of_streams_free(server->streams);
    of_soup.server_disconnect(server->soup);
    g_object_unref(server->soup);
    g_object_unref(server->service);
    for (guint i = 0; i < server->connections->len; i++) {
        Connection *connection = server->connections->pdata[i];
        g_object_weak_unref(G_OBJECT(connection->stream), forget_connection, connection);
    }
    g_ptr_array_unref(server->connections);
    g_free(server->address);
    g_free(server);
}

void of_server_update(OfServer *server)
{
    of_streams_update(server->streams);
}

const char *of_server_address(const OfServer *server)
{
    return server->address;
}
