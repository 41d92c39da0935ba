# Completion of osseo for fish, read from --help as bash's is.

function __osseo_commands
    osseo --help 2>/dev/null | string match -rg '^  ([a-z]+) '
end
function __osseo_options
    osseo --help 2>/dev/null | string match -arg -- '(--[a-z]+=?)' | sort -u
end
complete -c osseo -n __fish_use_subcommand -f -a '(__osseo_commands)'
complete -c osseo -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__osseo_options)'
complete -c osseo -l color -x -a 'auto always never'
