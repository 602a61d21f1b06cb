/* The server: who is let in, and what is answered. Private to serve/. */
#ifndef OF_SERVE_SERVER_H
#define OF_SERVE_SERVER_H

#include "serve/drawings.h"

typedef struct OfServer OfServer;

/* Listens on 127.0.0.1, on a port or, for 0, any that is free; answers in the main loop. NULL with *message, owned by the caller, where that
 * cannot be. Owned by the caller, freed before the drawings. */
OfServer *of_server_new(OfDrawings *drawings, guint16 port, char **message);
void of_server_free(OfServer *server); /* closes all connections; takes NULL */

/* Where the page is: "http://127.0.0.1:6743/". Borrowed. */
const char *of_server_address(const OfServer *server);

/* The state of the drawings may be another one: tells those who wait for it. */
void of_server_update(OfServer *server);

#endif
