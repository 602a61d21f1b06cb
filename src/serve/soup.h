/* libsoup, loaded when `watch` is asked for: linked, with the dozen libraries that it brings along, it would make the start of every
 * command a third longer. Private to serve/. */
#ifndef OF_SERVE_SOUP_H
#define OF_SERVE_SOUP_H

#include <glib.h>
#include <libsoup/soup.h>
#include <stdbool.h>

/* All functions that are used, without their `soup_`. */
#define OF_SOUP_FUNCTIONS(X)                                                                                                       \
    X(message_body_append_bytes)                                                                                                   \
    X(message_body_set_accumulate)                                                                                                 \
    X(message_headers_get_list)                                                                                                    \
    X(message_headers_replace)                                                                                                     \
    X(message_headers_set_encoding)                                                                                                \
    X(server_accept_iostream)                                                                                                      \
    X(server_add_early_handler)                                                                                                    \
    X(server_add_handler)                                                                                                          \
    X(server_disconnect)                                                                                                           \
    X(server_message_get_method)                                                                                                   \
    X(server_message_get_remote_address)                                                                                           \
    X(server_message_get_request_body)                                                                                             \
    X(server_message_get_request_headers)                                                                                          \
    X(server_message_get_response_body)                                                                                            \
    X(server_message_get_response_headers)                                                                                         \
    X(server_message_get_uri)                                                                                                      \
    X(server_message_set_status)                                                                                                   \
    X(server_message_steal_connection)                                                                                             \
    X(server_message_unpause)                                                                                                      \
    X(server_new)

typedef struct {
#define OF_SOUP_MEMBER(name) __typeof__(soup_##name) *name;
    OF_SOUP_FUNCTIONS(OF_SOUP_MEMBER)
#undef OF_SOUP_MEMBER
} OfSoup;

/* Set once of_soup_load() has succeeded, which comes before everything else. */
extern OfSoup of_soup;

/* Loads libsoup; it stays until the process ends. False where it cannot be: *message, owned by the caller, says why. */
bool of_soup_load(char **message);

#endif
