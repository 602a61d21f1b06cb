# Writes a text file as an array of bytes in C:
#     cmake -DSOURCE=page.js -DSYMBOL=of_page_js -DHEADER=paint/page_files.h -DOUT=of_page_js.c -P embed.cmake
# Comments of a line of their own and the blanks before a line are left out: they are for those who read the source.
file(READ "${SOURCE}" text)
string(REGEX REPLACE "(^|\n)[ ]+" "\\1" text "${text}")
string(REGEX REPLACE "(^|\n)//[^\n]*" "\\1" text "${text}")
string(REGEX REPLACE "(^|\n)/\\*[^*]*\\*/" "\\1" text "${text}")
string(REGEX REPLACE "\n\n+" "\n" text "${text}")
file(WRITE "${OUT}.text" "${text}")
file(READ "${OUT}.text" bytes HEX)
string(REGEX REPLACE "(........................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
get_filename_component(name "${SOURCE}" NAME)
file(WRITE "${OUT}" "/* ${name} */\n#include \"${HEADER}\"\n\nconst char ${SYMBOL}[] = {\n${bytes}'\\0'};\n")
