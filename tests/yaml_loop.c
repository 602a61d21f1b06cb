/* A bare loop over libyaml's events, on the bytes of a file: what `script/bench` compares the reading of stories with. */
#include <glib.h>
#include <yaml.h>

int main(int argc, char **argv)
{
    g_autofree char *bytes = NULL;
    gsize length = 0;
    g_autoptr(GError) error = NULL;
    yaml_parser_t parser;
    if (argc != 2 || !g_file_get_contents(argv[1], &bytes, &length, &error) || !yaml_parser_initialize(&parser)) {
        g_printerr("%s\n", error != NULL ? error->message : "usage: yaml_loop FILE");
        return 1;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *) bytes, length);
    guint64 n = 0;
    yaml_event_type_t type = YAML_NO_EVENT;
    while (type != YAML_STREAM_END_EVENT) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            g_printerr("%s: no YAML\n", argv[1]);
            return 1;
        }
        type = event.type;
        n++;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    g_print("%" G_GUINT64_FORMAT " events\n", n);
    return 0;
}
