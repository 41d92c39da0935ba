// run.js -- the kiosk page in a real browser, against the real server.

import { mkdirSync } from 'node:fs';
import { axe, openBrowser, result, Server, test, unless, Visitor } from './kiosk.js';
import { contrastFaults, layoutFaults } from './checks.js';
import * as behaviour from './behaviour.js';
import { findNames, SCREENS } from './screens.js';
import * as traces from './traces.js';

const PICTURES = new URL('../../build/screens/', import.meta.url).pathname;
const VIEWPORTS = [[1080, 1920], [1920, 1080], [1280, 800], [1024, 768]];
const THEMES = ['light', 'dark'];
const SIZES = ['1', '2', '3', '4'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const server = new Server();
await server.start();
const browser = await openBrowser();
const world = { browser, server, names: await findNames(server) };
mkdirSync(PICTURES, { recursive: true });

const dress = (page, theme, size) => page.evaluate((dataset) => {
    Object.assign(document.documentElement.dataset, dataset);
}, { theme, size });

async function axeFaults(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => globalThis.axe.run(document,
        { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), RULES);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

// Faults of one screen in every dress, each with the dress that it was found in.
async function inEveryDress(page, sizes, look) {
    const faults = [];
    for (const theme of THEMES)
        for (const size of sizes) {
            await dress(page, theme, size);
            faults.push(...(await look(theme, size)).map((fault) => `${theme} ${size}: ${fault}`));
        }
    return faults;
}

async function look(page, name) {
    await test(`${name}: axe finds nothing, in both themes and four sizes`, () => inEveryDress(page, SIZES, () => axeFaults(page)));
    await test(`${name}: every text has a contrast of 10:1, in both themes`, () => inEveryDress(page, ['1'], () => page.evaluate(contrastFaults)));
    for (const [width, height] of VIEWPORTS) {
        await page.setViewportSize({ width, height });
        await test(`${name}: all has a name, can be hit and read at ${width}x${height}, to the largest text`,
            () => inEveryDress(page, ['1', '4'], async (theme, size) => {
                await page.evaluate(() => new Promise(requestAnimationFrame));
                const file = `${name.replaceAll(' ', '-')}-${width}x${height}-${theme}-${size}.png`;
                await page.screenshot({ path: PICTURES + file });
                return page.evaluate(layoutFaults);
            }));
    }
}

async function visit(name, hand) {
    const visitor = await Visitor.come(browser, server, hand, { clock: true });
    await test(`${name}: reached by ${hand === 'touch' ? 'touch' : 'keyboard'} alone`, async () => {
        await SCREENS[name](visitor, world);
        return visitor.faults;
    });
    if (hand === 'touch')
        await look(visitor.page, name);
    await visitor.leave();
    if (server.child.signalCode !== null)
        await server.start();
}

try {
    // SCREEN=answer looks at that screen alone, SCREEN=none at what the page does.
    for (const name of Object.keys(SCREENS).filter((one) => !process.env.SCREEN || one === process.env.SCREEN))
        for (const hand of ['touch', 'keys'])
            await visit(name, hand);
    if (!SCREENS[process.env.SCREEN]) {
        await behaviour.run(world);
        await traces.run(world);
    }
} finally {
    await browser.close();
    await server.kill();
}
process.exitCode = result.failed > 0 ? 1 : 0;
