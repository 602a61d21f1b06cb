/* The files of the page around the drawing, as texts that end with a NUL: made by the build from src/serve/shell.*. */
#ifndef OF_SERVE_SHELL_FILES_H
#define OF_SERVE_SHELL_FILES_H

extern const char of_shell_html[];
extern const char of_shell_css[];
extern const char of_shell_js[];

#endif
