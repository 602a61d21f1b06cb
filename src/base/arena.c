#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Block Block;

struct Block {
    Block *next;
    gsize size, used;
    max_align_t bytes[];
};

struct OfArena {
    Block *blocks;   /* the first is the one that is being filled */
    gsize next_size; /* of the next ordinary block: they grow, so that small arenas stay small */
};

static const gsize first_block_size = 4096 - sizeof(Block);
static const gsize last_block_size = 1024 * 1024;

OfArena *of_arena_new(void)
{
    OfArena *arena = g_new0(OfArena, 1);
    arena->next_size = first_block_size;
    return arena;
}

void of_arena_free(OfArena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (Block *block = arena->blocks; block != NULL;) {
        Block *next = block->next;
        g_free(block);
        block = next;
    }
    g_free(arena);
}

static Block *block_new(gsize size)
{
    if (size > SIZE_MAX - sizeof(Block)) {
        g_error("arena: %" G_GSIZE_FORMAT " bytes cannot be taken", size);
    }
    Block *block = g_malloc0(sizeof(Block) + size);
    block->size = size;
    return block;
}

/* Where bytes of the given size and alignment (a power of two) begin in the block, or SIZE_MAX where they do not fit. */
static gsize place_in_block(const Block *block, gsize size, gsize alignment)
{
    gsize start = (block->used + alignment - 1) & ~(alignment - 1);
    return start <= block->size && size <= block->size - start ? start : SIZE_MAX;
}

static void *take_aligned(OfArena *arena, gsize size, gsize alignment)
{
    Block *block = arena->blocks;
    gsize start = block != NULL ? place_in_block(block, size, alignment) : SIZE_MAX;
    if (start == SIZE_MAX) {
        start = 0;
        if (block != NULL && size > arena->next_size / 4) {
            /* A large piece gets a block of its own behind the current one, whose rest stays in use. */
            Block *own = block_new(size);
            own->next = block->next;
            block->next = own;
            block = own;
        } else {
            Block *fresh = block_new(MAX(size, arena->next_size));
            fresh->next = block;
            arena->blocks = block = fresh;
            arena->next_size = MIN(arena->next_size * 2, last_block_size);
        }
    }
    block->used = start + size;
    return (char *) block->bytes + start;
}

void *of_arena_take(OfArena *arena, gsize size)
{
    return size > 0 ? take_aligned(arena, size, _Alignof(max_align_t)) : NULL;
}

void *of_arena_copy(OfArena *arena, const void *bytes, gsize n)
{
    void *copy = of_arena_take(arena, n);
    if (n > 0) {
        memcpy(copy, bytes, n);
    }
    return copy;
}

char *of_arena_text(OfArena *arena, const char *text)
{
    return text != NULL ? of_arena_text_n(arena, text, strlen(text)) : NULL;
}

char *of_arena_text_n(OfArena *arena, const char *text, gsize length)
{
    char *copy = take_aligned(arena, length + 1, 1);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    return copy;
}
