/* libxml2, loaded when a presentation is read or written first: it brings ICU along. It reads and changes the XML of others; what orgflow
 * writes itself is written by paint/xml.h. Private to paint/. */
#ifndef OF_PAINT_LIBXML_H
#define OF_PAINT_LIBXML_H

#include <glib.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* All that is used, without `xml`. */
#define OF_LIBXML_SYMBOLS(X)                                                                                                       \
    X(AddChild)                                                                                                                    \
    X(AddNextSibling)                                                                                                              \
    X(AddPrevSibling)                                                                                                              \
    X(CtxtReadMemory)                                                                                                              \
    X(DocDumpMemoryEnc)                                                                                                            \
    X(DocGetRootElement)                                                                                                           \
    X(Free)                                                                                                                        \
    X(FreeDoc)                                                                                                                     \
    X(FreeNode)                                                                                                                    \
    X(FreeParserCtxt)                                                                                                              \
    X(GetNoNsProp)                                                                                                                 \
    X(GetNsProp)                                                                                                                   \
    X(InitParser)                                                                                                                  \
    X(NewChild)                                                                                                                    \
    X(NewDocNode)                                                                                                                  \
    X(NewNs)                                                                                                                       \
    X(NewParserCtxt)                                                                                                               \
    X(SearchNsByHref)                                                                                                              \
    X(SetNsProp)                                                                                                                   \
    X(SetProp)                                                                                                                     \
    X(StopParser)                                                                                                                  \
    X(UnlinkNode)

typedef struct {
#define OF_LIBXML_MEMBER(name) __typeof__(xml##name) *name;
    OF_LIBXML_SYMBOLS(OF_LIBXML_MEMBER)
#undef OF_LIBXML_MEMBER
} OfLibxml;

/* Set once of_libxml_start() has succeeded, which comes before everything else. Free is a variable, as in libxml2. */
extern OfLibxml of_libxml;

/* error: OF_ERROR_ENVIRONMENT where it cannot be loaded. */
bool of_libxml_start(GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(xmlDoc, of_libxml.FreeDoc)

#endif
