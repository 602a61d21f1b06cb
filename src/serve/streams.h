/* The pages that are open, as streams of events. Each is told the newest state of the view that it looks at, and nothing older: who is slow
 * misses what was between. Private to serve/. */
#ifndef OF_SERVE_STREAMS_H
#define OF_SERVE_STREAMS_H

#include "serve/drawings.h"
#include "serve/soup.h"

typedef struct OfStreams OfStreams;

/* So many pages can be open at once. */
#define OF_MOST_STREAMS 32

OfStreams *of_streams_new(OfDrawings *drawings);
void of_streams_free(OfStreams *streams); /* ends all of them; takes NULL */

/* Answers a request with a stream of events for a view, by its name; NULL: the first one. socket is the request's. False where there are
 * too many: then it is not answered. */
bool of_streams_open(OfStreams *streams, SoupServerMessage *request, GSocket *socket, const char *view);

/* Tells every page its state, where it is another one than it was told. */
void of_streams_update(OfStreams *streams);

#endif
