/* The files that every page holds, as texts that end with a NUL: made by the build from src/paint/page*. */
#ifndef OF_PAINT_PAGE_FILES_H
#define OF_PAINT_PAGE_FILES_H

extern const char of_page_js[];       /* what a reader can do */
extern const char of_page_css[];      /* how it looks */
extern const char of_page_dark_css[]; /* in the dark */

/* That pages of a difference hold besides. */
extern const char of_page_diff_js[];
extern const char of_page_diff_css[];

#endif
