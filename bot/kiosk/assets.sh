#!/bin/sh
# assets.sh FOLDER -- writes the table of kiosk/assets.h as C: each file of FOLDER
# as bytes between two labels, and a row for it.
set -eu
folder=$1
printf '#include "kiosk/assets.h"\n\n'
n=0
rows=
for file in $(cd "$folder" && find . -type f ! -name '*.md' | sed 's/^\.//' | LC_ALL=C sort); do
    printf '__asm__(".section .rodata\\nasset_%d: .incbin \\"%s%s\\"\\nasset_%d_end: .byte 0\\n.previous");\n' \
        $n "$folder" "$file" $n
    printf 'extern const char asset_%d[], asset_%d_end[];\n' $n $n
    rows="$rows    { \"$file\", asset_$n, asset_${n}_end },
"
    n=$((n + 1))
done
printf '\nconst struct asset assets[] = {\n%s};\nconst size_t n_assets = sizeof assets / sizeof *assets;\n' "$rows"
