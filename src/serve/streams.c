#include "serve/streams.h"

#include <gio/gio.h>
#include <string.h>

/* Seconds between signs of life, by which either side finds that the other is gone. What has not been taken by then is not waited for. */
#define SIGN_SECONDS 15

typedef struct {
    OfStreams *streams;
    SoupServerMessage *request;
    char *view;      /* or NULL */
    char *told;      /* the state sent last, or NULL */
    bool is_sending; /* a piece that has not gone out yet */
    bool is_late;    /* so it was at the last sign */
    bool is_behind;  /* there is something newer to tell */
    GSource *hangup;
} Stream;

struct OfStreams {
    OfDrawings *drawings;
    GPtrArray *open; /* of Stream, the newest last */
    guint signs;     /* source */
};

static void send_piece(Stream *stream, char *text)
{
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, strlen(text));
    stream->is_sending = true;
    of_soup.message_body_append_bytes(of_soup.server_message_get_response_body(stream->request), bytes);
    of_soup.server_message_unpause(stream->request);
}

static void send_state(Stream *stream)
{
    g_autofree char *state = of_drawings_look(stream->streams->drawings, stream->view);
    if (stream->is_sending) {
        stream->is_behind = true;
        return;
    }
    stream->is_behind = false;
    if (g_strcmp0(state, stream->told) != 0) {
        send_piece(stream, g_strdup_printf("data: %s\n\n", state));
        g_free(stream->told);
        stream->told = g_steal_pointer(&state);
    }
}

static void piece_sent(SoupServerMessage *request G_GNUC_UNUSED, gpointer data)
{
    Stream *stream = data;
    stream->is_sending = false;
    if (stream->is_behind) {
        send_state(stream);
    }
}

static void free_stream(gpointer data)
{
    Stream *stream = data;
    g_signal_handlers_disconnect_matched(stream->request, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, stream);
    g_source_destroy(stream->hangup);
    g_source_unref(stream->hangup);
    g_object_unref(stream->request);
    g_free(stream->view);
    g_free(stream->told);
    g_free(stream);
}

/* The request has come to its end by itself. */
static void forget(SoupServerMessage *request G_GNUC_UNUSED, gpointer data)
{
    Stream *stream = data;
    g_ptr_array_remove(stream->streams->open, stream);
}

/* Ends a stream from this side. */
static void drop(Stream *stream)
{
    g_autoptr(SoupServerMessage) request = g_object_ref(stream->request);
    g_ptr_array_remove(stream->streams->open, stream);
    g_autoptr(GIOStream) connection = of_soup.server_message_steal_connection(request);
    if (connection != NULL) {
        g_io_stream_close(connection, NULL, NULL);
    }
}

/* A page says nothing on its stream but that it is gone. */
static gboolean hang_up(GSocket *socket G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer data)
{
    drop(data);
    return G_SOURCE_REMOVE;
}

static gboolean send_signs(gpointer data)
{
    OfStreams *streams = data;
    for (guint i = streams->open->len; i-- > 0;) {
        Stream *stream = streams->open->pdata[i];
        if (stream->is_sending && stream->is_late) {
            drop(stream);
        } else if (stream->is_sending) {
            stream->is_late = true;
        } else {
            stream->is_late = false;
            send_piece(stream, g_strdup(":\n\n"));
        }
    }
    return G_SOURCE_CONTINUE;
}

OfStreams *of_streams_new(OfDrawings *drawings)
{
    OfStreams *streams = g_new0(OfStreams, 1);
    streams->drawings = drawings;
    streams->open = g_ptr_array_new_with_free_func(free_stream);
    streams->signs = g_timeout_add_seconds(SIGN_SECONDS, send_signs, streams);
    return streams;
}

void of_streams_free(OfStreams *streams)
{
    if (streams == NULL) {
        return;
    }
    g_source_remove(streams->signs);
    while (streams->open->len > 0) {
        drop(streams->open->pdata[streams->open->len - 1]);
    }
    g_ptr_array_unref(streams->open);
    g_free(streams);
}

bool of_streams_open(OfStreams *streams, SoupServerMessage *request, GSocket *socket, const char *view)
{
    if (streams->open->len >= OF_MOST_STREAMS) {
        return false;
    }
    SoupMessageHeaders *headers = of_soup.server_message_get_response_headers(request);
    of_soup.server_message_set_status(request, SOUP_STATUS_OK, NULL);
    of_soup.message_headers_replace(headers, "Content-Type", "text/event-stream");
    of_soup.message_headers_set_encoding(headers, SOUP_ENCODING_CHUNKED);
    of_soup.message_body_set_accumulate(of_soup.server_message_get_response_body(request), FALSE);
    Stream *stream = g_new0(Stream, 1);
    stream->streams = streams;
    stream->request = g_object_ref(request);
    stream->view = g_strdup(view);
    g_socket_set_timeout(socket, 0); /* there are signs of life instead */
    stream->hangup = g_socket_create_source(socket, G_IO_IN | G_IO_HUP | G_IO_ERR, NULL);
    g_source_set_callback(stream->hangup, G_SOURCE_FUNC(hang_up), stream, NULL);
    g_source_attach(stream->hangup, NULL);
    g_signal_connect(request, "wrote-chunk", G_CALLBACK(piece_sent), stream);
    g_signal_connect(request, "finished", G_CALLBACK(forget), stream);
    g_ptr_array_add(streams->open, stream);
    send_state(stream);
    return true;
}

/* The newest page first: what it looks at is drawn before the rest. */
void of_streams_update(OfStreams *streams)
{
    for (guint i = streams->open->len; i-- > 0;) {
        send_state(streams->open->pdata[i]);
    }
}
