"""Draws what `make eval`, `make bench` and `make coverage` wrote: report.py BUILD

Writes BUILD/report.html, one file that needs nothing else.  Every figure comes from
a table in BUILD; where one is not there, its part says how to make it.
"""
import csv
import html
import os
import subprocess
import sys

BUILD = sys.argv[1]
STYLE = '''body { font: 1.05rem/1.5 sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
h1, h2 { line-height: 1.2 } svg { width: 100%; height: auto } .missing { background: #fff3cd; padding: .7rem 1rem }
table { border-collapse: collapse; width: 100%; font-size: .9rem } td, th { padding: .15rem .5rem; text-align: right;
border-bottom: 1px solid #ddd } td:first-child, th:first-child { text-align: left }'''


def table(path):
    """The rows of a table as dictionaries, None where there is none."""
    try:
        with open(os.path.join(BUILD, path), encoding='utf-8') as file:
            return list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE)) or None
    except FileNotFoundError:
        return None


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def quoted(text):
    """A text in gnuplot's double quotes, none of its characters a command."""
    return '"%s"' % ''.join(c for c in text if c not in '"\\`$@{}^_&~')


def plot(commands, rows, height=420):
    """The SVG that gnuplot makes of rows of values, which it knows as $rows."""
    data = '\n'.join(' '.join(quoted(c) if isinstance(c, str) else '%.6g' % c for c in row) for row in rows)
    script = ('set terminal svg size 900,%d font "sans-serif,14" noenhanced background "white"\n$rows << EOD\n%s\nEOD\n%s\n'
              % (height, data, commands))
    svg = subprocess.run(['gnuplot'], input=script, capture_output=True, text=True, check=True).stdout
    return svg[svg.index('<svg'):]


def rows_with_bars(rows, title, limit=''):
    """One line a row: its name, a value, and the interval around it."""
    return plot('unset key; set xrange [%s]; set yrange [%d.7:-0.7]; set grid x; set lmargin 45\n'
                'set xlabel %s; set ytics nomirror\n'
                'plot $rows using 2:0:3:4:ytic(1) with xerrorbars pt 7 lc rgb "#17365d"'
                % (limit, len(rows) - 1, quoted(title)), rows, 90 + 22 * len(rows))


def as_table(rows):
    head = ''.join('<th>%s' % html.escape(name) for name in rows[0])
    body = ''.join('<tr>' + ''.join('<td>%s' % html.escape(value if number(value) is None else '%.4g' % float(value))
                                    for value in row.values()) for row in rows)
    return '<table><tr>%s%s</table>' % (head, body)


def accuracy(rows):
    drawn = [(r['measure'], *(float(r[c]) for c in ('share', 'low', 'high'))) for r in rows if float(r['all']) >= 20]
    return rows_with_bars(drawn, 'per cent of messages, with 95 per cent intervals', '0:100') + as_table(rows)


def calibration(rows):
    points = [[float(r[c]) for c in ('said', 'found', 'questions')] for r in rows]
    return plot('set xrange [0:1]; set yrange [0:1]; set grid; set key left; set size square\n'
                'set xlabel "confidence that was said"; set ylabel "share that was right"\n'
                'plot x lc rgb "#999999" title "perfect", $rows using 1:2:(0.3 + $3 / 400) with points pt 7 ps variable '
                'lc rgb "#17365d" title "answers, larger where there are more"', points, 600)


def ablation(rows):
    drawn = [(r['ranking'], float(r['first']), float(r['first']), float(r['three'])) for r in rows]
    return rows_with_bars(drawn, 'per cent right at the first place; the line ends at the first three places', '0:100')


def speed(rows):
    engines = [name for name in rows[0] if name not in ('what', 'ratio_to_best_peer', 'ratio_held', 'bar', 'verdict')]
    both = [r for r in rows if all((number(r[e]) or 0) > 0 for e in engines)]
    drawn = [[r['what']] + [float(r[e]) / float(r[engines[0]]) for e in engines] for r in both]
    commands = ('set logscale x; set grid x; set lmargin 45; set yrange [%d.7:-0.7]; set key below\n'
                'set xlabel "times %s, logarithmic"\nplot ' % (max(len(drawn) - 1, 0), engines[0]))
    commands += ', '.join('$rows using %d:0:ytic(1) with points pt %d ps 1.2 title %s' % (i + 2, 5 + 2 * i, quoted(e))
                          for i, e in enumerate(engines))
    return (plot(commands, drawn, 120 + 22 * len(drawn)) if drawn else '') + as_table(rows)


def coverage(rows):
    folders = {}
    for row in rows:
        folder = os.path.dirname(row['file'])
        counts = folders.setdefault(folder, [0, 0])
        counts[0] += int(row['lines'])
        counts[1] += int(row['lines reached'])
    drawn = [(folder, 100 * reached / lines) for folder, (lines, reached) in sorted(folders.items()) if lines]
    return plot('unset key; set yrange [0:100]; set style fill solid; set boxwidth 0.7; set grid y\n'
                'set ylabel "per cent of lines reached by the tests"; set xtics rotate by -30\n'
                'plot $rows using 0:2:xtic(1) with boxes lc rgb "#17365d"', drawn) + as_table(rows)


PARTS = [('How often it is right', 'eval/measures.tsv', 'make eval', accuracy),
         ('Whether it knows how sure it may be', 'eval/calibration.tsv', 'make eval', calibration),
         ('What each part is worth', 'eval/ablation.tsv', 'make eval', ablation),
         ('Speed and size beside other engines', 'bench/table.tsv', 'make bench', speed),
         ('What the tests reach', 'coverage/coverage.tsv', 'make coverage', coverage)]

page = ['<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>osseo: what was measured</title>',
        '<style>%s</style><h1>osseo: what was measured</h1>' % STYLE]
missing = 0
for title, path, command, draw in PARTS:
    rows = table(path)
    page.append('<h2>%s</h2>' % title)
    if rows is None:
        missing += 1
        page.append('<p class="missing">Not measured yet: run <code>%s</code>, then <code>make report</code>.</p>' % command)
    else:
        page.append('<p>From <code>%s</code>, written by <code>%s</code>.</p>%s' % (path, command, draw(rows)))
with open(BUILD + '/report.html', 'w', encoding='utf-8') as file:
    file.write('\n'.join(page) + '\n</html>\n')
print('%s/report.html: %d of %d parts%s' % (BUILD, len(PARTS) - missing, len(PARTS),
                                           '; the others say what to run' if missing else ''))
