# Completion of osseo for bash.  What there is to complete is read from --help, so
# that it cannot fall behind the program.

_osseo()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} help
    # bash takes "=" for a word of its own.
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD-2]}
    fi
    case $before in
    --color) COMPREPLY=($(compgen -W 'auto always never' -- "$word")) && return ;;
    --jobs | --width | -k) return ;;
    --knowledge | --clinic | --history | -o) COMPREPLY=($(compgen -f -- "$word")) && return ;;
    esac
    help=$("${COMP_WORDS[0]}" --help 2>/dev/null)
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$(grep -o -e '--[a-z]\+=\?' <<<"$help" | sort -u)" -- "$word"))
        [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace
    elif ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "$(sed -n '/^Commands/,/^Options/s/^  \([a-z]\+\).*/\1/p' <<<"$help")" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}
complete -o filenames -F _osseo osseo
