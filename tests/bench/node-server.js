// node-server.js PASSAGES [exact] -- what kiosk-load.sh compares with: Node.js' own
// http server and minisearch over the same passages. Words may be misspelt and
// unfinished, as osseo takes them; with "exact" they may not, which is less work.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const MiniSearch = createRequire(new URL('../../build/bench/', import.meta.url))('minisearch');
const passages = readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const search = new MiniSearch({
    fields: ['heading', 'text'], storeFields: ['topic', 'heading', 'text'],
    searchOptions: { boost: { heading: 2 }, ...(process.argv[3] === 'exact' ? {} : { fuzzy: 0.2, prefix: true }) },
});
search.addAll(passages);

const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
        const { question } = JSON.parse(Buffer.concat(parts).toString());
        const [best] = search.search(question);
        const body = JSON.stringify({ question, outcome: best ? 'answer' : 'none', topic: best?.topic ?? null,
            heading: best?.heading ?? null, passage: best?.text ?? null });
        response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
        response.end(body);
    });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/`));
