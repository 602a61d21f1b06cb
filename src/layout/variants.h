/* Versions of one person's way, such as the way that an earlier revision of the data gave them.
 *
 * A version is a person of its own to the search for an order, so that it stands on the side of its lane that crosses least. Wherever it
 * and the person whose version it is are in one lane, or both between two labs, the two are one line: the version has no place in the
 * order and takes no row. */
#ifndef OF_LAYOUT_VARIANTS_H
#define OF_LAYOUT_VARIANTS_H

#include "layout/order.h"
#include "layout/slots.h"

#define OF_VARIANT_NONE G_MAXUINT32 /* a person's way is nobody else's */

/* of_variants_get_joined:
 * @slots: slots with variant_of
 * @person: a person
 * @slot: slot
 *
 * Returns: whose line @person is part of at @slot, or OF_VARIANT_NONE where they stand on their own or do not stand at all. */
guint32 of_variants_get_joined(const OfSlots *slots, guint32 person, guint slot);

/* of_variants_join:
 * @slots: slots with variant_of
 * @order: (inout): loses versions wherever they are joined */
void of_variants_join(const OfSlots *slots, OfOrder *order);

#endif
