#!/usr/bin/env python3
"""osseo beside SQLite FTS5 and Xapian: bench.py SIZE PART..., from `make bench`.

All in one process tree on one core, engines in turn, so that ratios hold while the
machine's speed drifts.  Speeds, and starts over /bin/true, are by time of the
processor, since a shared machine is busy with other things too; on an idle one it is
what the clock says.  What one waits for, the build's seconds and each query's
milliseconds, is by the clock.
Prints a table and writes build/bench/table.tsv."""
import json
import math
import os
import re
import struct
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(__file__))
import evaluate  # noqa: E402

WORK = 'build/bench'
COLLECTIONS = '../shared/collections'
# What the passages are made of, and who asks about them.
SOURCES = ['medquad-a', 'covidq', 'scifact', 'hint3-curekart']
SIZES = {'300': 300, '55k': 55059, '1m': 1000000}
ABOUT_IMPLANTS = ['is it safe for an implant to fuse with my jawbone?',
                  'how long do mini implants last', 'who won the cup']
ENGINES = ['osseo', 'fts5', 'xapian']
ADAPTER = {'osseo': 'self', 'fts5': 'peer_fts5', 'xapian': 'peer_xapian'}
# Every n-th query where all would take hours, and how often a set is asked in turn.
STRIDE = {'300': (1, 1, 1), '55k': (1, 12, 1), '1m': (4, 100, 4)}
ROUNDS = {'300': (5, 3, 5), '55k': (5, 1, 3), '1m': (3, 1, 2)}
# Questions to start with: so many of those that are asked, in turn.
N_QUESTIONS = 20
STARTS = {'300': (200, 40, 40), '55k': (200, 7, 40), '1m': (200, 2, 40)}
# What those who build big indexes set, beside what is the default.
ROOMY = {'PRAGMA': 'pragma cache_size=-262144'}


def middle(values):
    return sorted(values)[len(values) // 2]


def path(engine, size):
    return '%s/%s.%s' % (WORK, size, {'osseo': 'osx'}.get(engine, engine))


def corpus(size):
    return '%s/%s.jsonl' % (WORK, size)


def say(text):
    print(text, file=sys.stderr, flush=True)


class Table:
    def __init__(self):
        self.rows = []

    def add(self, what, values, less=False, bar=None, base=None):
        """`values` of osseo, FTS5 and Xapian, None where there is none.  The bar is held
        against osseo's value over `base`, or over the better peer where it is None."""
        peers = [v for v in values[1:] if v]
        best = (min if less else max)(peers) if peers else None
        ratio = values[0] / best if best else None
        held = values[0] / base if base else ratio
        verdict = ''
        if bar is not None:
            verdict = 'ok' if (held <= bar if less else held >= bar) else 'MISSED'
        self.rows.append([what] + values + [ratio, held if bar is not None else None,
                                            ('<= %g' if less else '>= %g') % bar
                                            if bar is not None else '', verdict])

    def print(self):
        heads = ['', 'osseo', 'FTS5', 'Xapian', 'to best', 'held', 'bar', '']
        print('%-46s %9s %9s %9s %8s %8s %8s %s' % tuple(heads))
        for row in self.rows:
            cells = [('%.4g' % c if abs(c) < 1e4 else '%.0f' % c) if isinstance(c, (int, float))
                     else c or '' for c in row[1:]]
            print('%-46s %9s %9s %9s %8s %8s %8s %s' % tuple([row[0]] + cells))
        with open(WORK + '/table.tsv', 'w') as out:
            out.write('\t'.join(['what', 'osseo', 'fts5', 'xapian', 'ratio_to_best_peer',
                                 'ratio_held', 'bar', 'verdict']) + '\n')
            for row in self.rows:
                out.write('\t'.join('' if c is None else str(c) for c in row) + '\n')


def make_corpora(sizes):
    files = ['%s/%s/corpus.jsonl' % (COLLECTIONS, s) for s in SOURCES]
    for size in sizes:
        if not os.path.exists(corpus(size)):
            say('generating %d passages' % SIZES[size])
            with open(corpus(size) + '.part', 'w') as out:
                subprocess.run([WORK + '/generate', 'mix', str(SIZES[size])] + files, stdout=out,
                               check=True)
            os.rename(corpus(size) + '.part', corpus(size))
    lines = [line for s in SOURCES for line in open('%s/%s/queries.tsv' % (COLLECTIONS, s))]
    with open(WORK + '/asked.tsv', 'w') as out:
        out.writelines(lines)
    with open(WORK + '/content.tsv', 'w') as out:
        subprocess.run([WORK + '/generate', 'content', WORK + '/asked.tsv'], stdout=out, check=True)
    questions = lines[::len(lines) // N_QUESTIONS][:N_QUESTIONS]
    for i, line in enumerate(questions):
        with open('%s/one.%d.tsv' % (WORK, i), 'w') as out:
            out.write(line)
    return [line.rstrip('\n').split('\t', 1)[1] for line in questions]


def text_bytes(size):
    """Of titles and texts, and of both with ids, which is what has to be stored."""
    text = ids = 0
    for line in open(corpus(size), encoding='utf-8'):
        passage = json.loads(line)
        text += len(passage['title'].encode()) + len(passage['text'].encode())
        ids += len(passage['_id'])
    return text, text + ids


def build(engine, size, settings={}):
    """Seconds, those of the processor, and the peak of memory in MiB."""
    out = path(engine, size)
    subprocess.run(['rm', '-rf', out], check=True)
    command = ['build/osseo', 'index', corpus(size), '-o', out] if engine == 'osseo' else \
        ['%s/%s' % (WORK, ADAPTER[engine]), 'build', corpus(size), out]
    result = subprocess.run([WORK + '/run'] + command, stdout=subprocess.PIPE, check=True,
                            env={**os.environ, **settings})
    seconds, cpu, kib = result.stdout.split()
    return float(seconds), float(cpu), int(kib) / 1024


def build_missing(size):
    """What is not there, or was compiled by an earlier program."""
    for engine in ENGINES:
        if not os.path.exists(path(engine, size)) or (
                engine == 'osseo' and
                os.path.getmtime(path(engine, size)) < os.path.getmtime('build/osseo')):
            say('building %s, %s' % (size, engine))
            build(engine, size)


def osseo_index_bytes(size, stored):
    """All sections but what is stored of the passages, wherever that is."""
    kinds = re.findall(r'^    SECTION_(\w+),', open('bot/index/format.h').read(), re.M)
    with open(path('osseo', size), 'rb') as file:
        file.seek(32)
        rows = [struct.unpack('<IIQQ', file.read(24)) for _ in kinds]
    texts = sum(row[3] for row in rows if kinds[row[0]] == 'TEXT')
    return sum(row[3] for row in rows) - max(texts, stored)


def index_bytes(engine, size, stored):
    if engine == 'osseo':
        return osseo_index_bytes(size, stored)
    if engine == 'fts5':
        return int(subprocess.run([WORK + '/peer_fts5', 'size', path(engine, size)],
                                  stdout=subprocess.PIPE, check=True).stdout)
    folder = path(engine, size)
    return sum(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder)
               if name != 'docdata.glass')


def bench_build(table, size):
    text, stored = text_bytes(size)
    results = {engine: [] for engine in ENGINES}
    for _ in range(1 if size == '1m' else 3):
        for engine in ENGINES:
            say('building %s, %s' % (size, engine))
            results[engine].append(build(engine, size))
    seconds = [middle([r[0] for r in results[e]]) for e in ENGINES]
    speeds = [text / 1e6 / middle([r[1] for r in results[e]]) for e in ENGINES]
    peaks = [middle([r[2] for r in results[e]]) for e in ENGINES]
    is_big = size == '1m'
    table.add('build %s (%.1f MB), s' % (size, text / 1e6), seconds, less=True)
    table.add('build %s, MB/s' % size, speeds, bar=4.5 if is_big else None,
              base=speeds[1] if is_big else None)
    table.add('build %s, peak MiB' % size, peaks, less=True)
    table.add('index part / text, %s' % size,
              [index_bytes(e, size, stored) / text for e in ENGINES], less=True,
              bar={'55k': 0.18, '1m': 0.21}.get(size), base=1)
    if is_big:
        say('building %s, fts5 with room' % size)
        roomy = build('fts5', size, ROOMY)
        table.add('build %s, FTS5 with 256 MiB of cache, MB/s' % size,
                  [speeds[0], text / 1e6 / roomy[1], None])
        table.add('build %s, FTS5 with 256 MiB of cache, peak MiB' % size,
                  [peaks[0], roomy[2], None], less=True, bar=0.6)


def rank(engine, index, queries, k, repeats=1, run=None):
    """Nanoseconds and those of the processor of each query, private and resident KiB."""
    notes = WORK + '/notes'
    with open(run or '/dev/null', 'w') as out:
        subprocess.run(['%s/%s' % (WORK, ADAPTER[engine]), 'rank', index, queries, str(k),
                        str(repeats), notes], stdout=out, check=True)
    lines = [line.split() for line in open(notes)]
    return ([(int(line[1]), int(line[2])) for line in lines if line[0] == 'query'],
            *[int(line[1]) for line in lines if line[0] != 'query'])


def sample(queries, stride):
    name = '%s.%d' % (queries, stride)
    with open(name, 'w') as out:
        out.writelines(list(open(queries))[::stride])
    return name


def bench_queries(table, size, queries, what, bar):
    """Queries a second (the median round), p50 and p99; of osseo, private memory."""
    sets = [sample('%s/%s.tsv' % (WORK, queries), stride) for stride in STRIDE[size]]
    rounds = {engine: [] for engine in ENGINES}
    memory = {}
    for turn in range(max(ROUNDS[size])):
        for engine, asked, n in zip(ENGINES, sets, ROUNDS[size]):
            if turn < n:
                say('asking %s, %s, %s' % (size, engine, what))
                times, *memory[engine] = rank(engine, path(engine, size), asked, 10,
                                              5 if size == '300' else 1)
                rounds[engine].append(times)
    speed = [middle([len(t) * 1e9 / sum(cpu for _, cpu in t) for t in rounds[e]]) for e in ENGINES]
    every = [sorted(wall for t in rounds[e] for wall, _ in t) for e in ENGINES]
    table.add('%s, %s, queries/s' % (size, what), speed, bar=bar, base=speed[2] if bar else None)
    table.add('%s, %s, p50 ms' % (size, what), [middle(t) / 1e6 for t in every], less=True)
    table.add('%s, %s, p99 ms' % (size, what), [t[len(t) * 99 // 100] / 1e6 for t in every],
              less=True)
    return memory


def bench_query(table, size):
    build_missing(size)
    bars = {('300', 'content'): 10, ('1m', 'asked'): 30, ('1m', 'content'): 18}
    for queries, what in [('asked', 'as asked'), ('content', 'stop words out')]:
        memory = bench_queries(table, size, queries, what, bars.get((size, queries)))
    table.add('%s, private MiB while serving' % size, [memory[e][0] / 1024 for e in ENGINES],
              less=True, bar=1 if size == '1m' else None, base=1)
    table.add('%s, resident MiB while serving' % size, [memory[e][1] / 1024 for e in ENGINES],
              less=True)


def spawn(command):
    """Seconds from exec to exit, and those of the processor."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, '/dev/null', os.O_WRONLY, 0)])
    status, usage = os.wait4(pid, 0)[1:]
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # osseo's 1: not answered
        sys.exit('bench: failed: ' + ' '.join(command))
    return seconds, usage.ru_utime + usage.ru_stime


def start_commands(size, questions, turn):
    """Of each engine, for the question of this turn."""
    if size == 'built in':
        return [['build/osseo', 'ask', ABOUT_IMPLANTS[turn % len(ABOUT_IMPLANTS)]]]
    i = turn % N_QUESTIONS
    return [['build/osseo', '--knowledge', path('osseo', size), 'ask', questions[i]]] + [
        ['%s/%s' % (WORK, ADAPTER[e]), 'rank', path(e, size), '%s/one.%d.tsv' % (WORK, i), '10', '1',
         '/dev/null'] for e in ENGINES[1:]]


def bench_start(table, sizes, questions):
    for size in ['built in'] + sizes:
        if size != 'built in':
            build_missing(size)
        say('starting, %s' % size)
        nothing, taken = [], [[], [], []]
        n_starts = STARTS.get(size, (200, 0, 0))
        for turn in range(max(n_starts)):
            nothing.append(spawn(['/bin/true']))
            for times, command, n in zip(taken, start_commands(size, questions, turn), n_starts):
                if turn < n:
                    times.append(spawn(command))
        waited = [1e3 * middle([wall for wall, _ in times]) if times else None for times in taken]
        table.add('exec to first answer, %s, ms' % size, waited, less=True)
        over = [middle([cpu / true for (_, cpu), (_, true) in zip(times, nothing)]) if times
                else None for times in taken]
        table.add('  over /bin/true (%.2f ms)' % (1e3 * middle([wall for wall, _ in nothing])),
                  over, less=True, bar=1.5, base=1)


def bench_replies(table):
    """Whole replies of the shipped knowledge: red flags, confidence and wording too."""
    lines = '\n'.join(ABOUT_IMPLANTS * 1000) + '\n'
    speeds = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(['build/osseo', '--json'], input=lines.encode(), stdout=subprocess.DEVNULL,
                       check=False)
        speeds.append(3000 / (time.perf_counter() - start))
    table.add('replies through a pipe, a second', [middle(speeds), None, None])
    table.add('size of the program, MB', [os.path.getsize('build/osseo') / 1e6, None, None])


def bench_quality(table):
    names = sorted(n for n in os.listdir(COLLECTIONS)
                   if os.path.exists('%s/%s/qrels.tsv' % (COLLECTIONS, n)))
    ratios = []
    for name in names:
        folder = '%s/%s' % (COLLECTIONS, name)
        say('ranking %s' % name)
        os.makedirs(WORK + '/quality', exist_ok=True)
        judged = evaluate.read_qrels(folder + '/qrels.tsv')
        figures = []
        for engine in ENGINES:
            index = '%s/quality/%s.%s' % (WORK, name, engine)
            run = index + '.run'
            subprocess.run(['rm', '-rf', index], check=True)
            subprocess.run(['build/osseo', 'index', folder + '/corpus.jsonl', '-o', index]
                           if engine == 'osseo' else
                           ['%s/%s' % (WORK, ADAPTER[engine]), 'build', folder + '/corpus.jsonl',
                            index], check=True)
            rank(engine, index, folder + '/queries.tsv', 1000, run=run)
            figures.append(evaluate.evaluate(judged, evaluate.read_run(run)))
        for i, (measure, _) in enumerate(evaluate.MEASURES):
            bar = 1 if measure == 'nDCG@10' or (measure == 'P@1' and name in
                                                ('stackfaq', 'covidq', 'medquad-a')) else None
            values = [f[i] for f in figures]
            table.add('%s, %s' % (name, measure), values, bar=bar)
            if measure == 'nDCG@10':
                ratios.append(values[0] / max(values[1:]))
    mean = math.fsum(ratios) / len(ratios)
    table.add('nDCG@10 over the better peer, mean', [mean, None, None], bar=1.05, base=1)


def main():
    if not os.path.isdir(COLLECTIONS):
        print('bench: skipped, as there are no collections in %s' % COLLECTIONS)
        return
    largest, parts = sys.argv[1], sys.argv[2:]
    if largest not in SIZES or set(parts) - {'build', 'query', 'start', 'quality'}:
        sys.exit('bench: SIZE is 300, 55k or 1m; PARTS are of: build query start quality')
    # The last core: what else the system does tends to the first ones.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sizes = list(SIZES)[:list(SIZES).index(largest) + 1]
    table = Table()
    questions = make_corpora(sizes)
    for size in sizes:
        if 'build' in parts:
            bench_build(table, size)
        if 'query' in parts:
            bench_query(table, size)
    if 'start' in parts:
        bench_start(table, sizes, questions)
        bench_replies(table)
    if 'quality' in parts:
        bench_quality(table)
    table.print()


if __name__ == '__main__':
    main()
