// traces.js -- what a visitor leaves behind: nothing, anywhere.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { keptFaults, visitInARow } from './checks.js';
import { test, unless, Visitor } from './kiosk.js';
import { SCREENS } from './screens.js';

// A word that stands in no knowledge and no program.
const SECRET = 'quuxolotl';
const LEAST_WARNING_S = 20;
const PAGE_BYTES = 150 * 1024;
const PAINT_MS = 200;

// How often the word stands in the server's memory, where only root can look.
function findInMemory(pid, word) {
    const command = [...(process.getuid() === 0 ? [] : ['sudo', '-n']), 'python3', 'tests/lib/memory.py', String(pid), word];
    return Number(execFileSync(command[0], command.slice(1)));
}

async function leaveTraces(visitor) {
    await visitor.press('Text and colours');
    await visitor.press('Largest');
    await visitor.press('Dark, high contrast');
    await visitor.press('Done');
    await visitor.ask(`can my ${SECRET} have implants`);
    await visitor.press('Ask');
    await visitor.type(SECRET);
}

async function tracesOf(visitor, server) {
    const { page } = visitor;
    await visitor.at('start');
    const settings = await page.evaluate(() => Object.values(document.documentElement.dataset).join());
    const inPage = (await page.content()).includes(SECRET);
    const urls = visitor.requests.map((request) => request.url()).filter((url) => url.includes(SECRET) || url.includes('?'));
    await page.waitForTimeout(100); // the reply's last bytes are wiped after they are sent
    return [...await page.evaluate(keptFaults), unless(settings === '1,light,no', `settings: ${settings}`),
        unless(!inPage, 'the question is still in the page'), ...urls, unless((await visitor.context.cookies()).length === 0, 'cookies'),
        unless(await page.evaluate(() => document.activeElement.id) === 'title', 'the focus is not on the heading'),
        unless(findInMemory(server.child.pid, 'Riverside') > 0, 'the server\'s memory cannot be searched'),
        unless(findInMemory(server.child.pid, SECRET) === 0, 'the question is still in the server\'s memory')];
}

async function wipes({ browser, server, names }) {
    await test('the idle warning leaves twenty seconds, and "More time" is enough', async () => {
        const visitor = await Visitor.come(browser, server, 'touch', { clock: true });
        await visitor.press(names.area);
        await visitor.seconds(59);
        const isEarly = await visitor.page.locator('#idle').isVisible();
        await visitor.seconds(2);
        const left = parseInt(await visitor.page.locator('#left').innerText(), 10);
        await visitor.press('More time');
        await visitor.seconds(50);
        const isCalm = !await visitor.page.locator('#idle').isVisible();
        const screen = await visitor.page.locator('main').getAttribute('data-screen');
        await visitor.leave();
        return [unless(!isEarly, 'it warns too early'), unless(left >= LEAST_WARNING_S, `${left} seconds`),
            unless(isCalm && screen === 'area', 'more time is not given')];
    });
    await test('a visitor who walks away leaves nothing: page, browser, server', async () => {
        const visitor = await Visitor.come(browser, server, 'touch', { clock: true });
        await leaveTraces(visitor);
        await visitor.seconds(61);
        await visitor.page.waitForSelector('#idle[open]');
        await visitor.seconds(31);
        const faults = [...await tracesOf(visitor, server), ...visitor.faults];
        await visitor.leave();
        return faults;
    });
    await test('"Finish and clear" leaves nothing: page, browser, server', async () => {
        const visitor = await Visitor.come(browser, server);
        await leaveTraces(visitor);
        await visitor.press('Finish and clear');
        const faults = [...await tracesOf(visitor, server), ...visitor.faults];
        await visitor.leave();
        return faults;
    });
    await test('going back in the browser shows nothing of the visitor before', async () => {
        const visitor = await Visitor.come(browser, server);
        await SCREENS.answer(visitor, { names });
        await visitor.press('Finish and clear');
        const length = await visitor.page.evaluate(() => history.length);
        await visitor.leave();
        return [unless(length <= 2, `${length} entries`)];
    });
}

async function weights({ browser, server }) {
    await test('the page weighs under 150 KiB in all, and asks nobody but its own server', async () => {
        const visitor = await Visitor.come(browser, server);
        const bodies = await Promise.all(visitor.requests.map(async (request) => (await (await request.response()).body()).length));
        const foreign = visitor.requests.map((request) => request.url()).filter((url) => new URL(url).origin !== server.origin);
        const bytes = bodies.reduce((sum, one) => sum + one, 0);
        console.log(`# ${(bytes / 1024).toFixed(1)} KiB in ${bodies.length} requests`);
        await visitor.leave();
        return [unless(bytes < PAGE_BYTES, `${bytes} bytes`), ...foreign];
    });
    await test('the first paint comes within 200 ms', async () => {
        const paints = [];
        for (let i = 0; i < 5; i++) {
            const visitor = await Visitor.come(browser, server);
            paints.push(await visitor.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0].startTime));
            await visitor.leave();
        }
        // The best of five: the others tell how busy the machine was.
        console.log(`# first paints: ${paints.map(Math.round).join(', ')} ms`);
        return [unless(Math.min(...paints) < PAINT_MS, paints)];
    });
}

async function threeHundred({ browser, server, names }) {
    const WARM_UP = 150, VISITORS = 300, GROWTH = 1.05, SETTLE_MS = 1500; // the page's own timers have run
    await test('three hundred visitors in a row leave memory flat within 5 %', async () => {
        const visitor = await Visitor.come(browser, server);
        const devtools = await visitor.context.newCDPSession(visitor.page);
        const measure = async () => {
            await visitor.page.waitForTimeout(SETTLE_MS);
            // One collection frees what the next one finds unused.
            for (let i = 0; i < 4; i++)
                await devtools.send('HeapProfiler.collectGarbage');
            const { usedSize } = await devtools.send('Runtime.getHeapUsage');
            const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
            const server_kB = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
            return { usedSize, nodes, jsEventListeners, server_kB };
        };
        const visit = (n) => visitor.page.evaluate(`(${visitInARow})(${n}, ${JSON.stringify(names.area)}, ${JSON.stringify(names.reply.heading)})`);
        await visit(WARM_UP);
        const before = await measure();
        await visit(VISITORS);
        const after = await measure();
        console.log(`# before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
        const foreign = visitor.requests.filter((request) => new URL(request.url()).origin !== server.origin);
        await visitor.leave();
        return [...Object.keys(before).map((what) => unless(after[what] <= before[what] * GROWTH, `${what}: ${before[what]}, then ${after[what]}`)),
            ...foreign.map((request) => request.url()), ...visitor.faults];
    });
}

export async function run(world) {
    for (const part of [wipes, weights, threeHundred])
        await part(world);
}
