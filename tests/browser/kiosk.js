// kiosk.js -- the kiosk's server and a visitor in a browser, for the tests.
//
// A visitor finds a control by the name that a screen reader says, and reaches it
// by touch alone or by keyboard alone; nothing is pressed that cannot be seen.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const BUILD = new URL('../../build/browser/', import.meta.url).pathname;
const packages = createRequire(BUILD);
const { chromium } = packages('playwright-core');
export const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');
export const readCode = packages('jsqr');

const BINARY = new URL('../../build/osseo-kiosk', import.meta.url).pathname;
// The settings that README shows, so that they are tried.
const README = readFileSync(new URL('../../bot/kiosk/README.md', import.meta.url), 'utf8');
const CLINIC = /^ {4}\[clinic\]\n(?: {4}.*\n)+/m.exec(README)[0].replace(/^ {4}/gm, '')
    .replace('idle_seconds = 90', 'idle_seconds = 60').replace('printer = no', 'printer = yes');
const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M5 13c5-6 10 6 15 0s10 6 15 0M5 '
    + '21c5-6 10 6 15 0s10 6 15 0M5 29c5-6 10 6 15 0s10 6 15 0" fill="none" stroke="#17365d" stroke-width="3"/></svg>';
const MOST_SCROLLS = 30, MOST_TABS = 120;
const MOST_FRAMES = 10;
const FRAME_MS = 50;
const DOUBLE_MS = 150; // between two touches of one key that are meant

export class Server {
    // With the built-in knowledge, or with lines of JSON.
    constructor(lines) {
        const folder = mkdtempSync(`${BUILD}server-`);
        this.clinic = `${folder}/clinic.conf`;
        writeFileSync(this.clinic, CLINIC);
        writeFileSync(`${folder}/logo.svg`, LOGO);
        this.options = ['--clinic', this.clinic];
        if (lines) {
            writeFileSync(`${folder}/lines.jsonl`, lines);
            this.options.push('--knowledge', `${folder}/lines.jsonl`);
        }
        this.port = 0;
    }

    // Again on the same port where it ran before.
    async start() {
        this.child = spawn(BINARY, ['--listen', `127.0.0.1:${this.port}`, ...this.options],
            { stdio: ['ignore', 'pipe', 'inherit'] });
        for await (const line of createInterface({ input: this.child.stdout })) {
            this.origin = new URL(line).origin;
            this.port = new URL(line).port;
            return;
        }
        throw new Error('osseo-kiosk did not start');
    }

    async kill() {
        const gone = new Promise((resolve) => { this.child.once('exit', resolve); });
        this.child.kill('SIGKILL');
        await gone;
    }

    async get(path) { return (await fetch(this.origin + path)).json(); }
    async ask(body) {
        const options = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
        return (await fetch(`${this.origin}/api/ask`, options)).json();
    }
}

// The background connections of a browser would otherwise be tried, and refused,
// on a machine without a network.
export const openBrowser = () => chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])],
});

// Runs in the page: where the control of that name is, if it can be pressed now.
function locate(name) {
    const top = document.querySelector('dialog[open]') ?? document;
    const control = [...top.querySelectorAll('button, summary')].find((one) => one.checkVisibility()
        && (one.getAttribute('aria-label') ?? one.textContent.trim()) === name);
    if (!control)
        return null;
    const box = control.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const hit = document.elementFromPoint(x, y);
    return { x, y, isSeen: control.contains(hit), hasFocus: control === document.activeElement };
}

export class Visitor {
    // `hand` is "touch" or "keys".
    static async come(browser, server, hand = 'touch', { scripts = [], clock = false, ...options } = {}) {
        const context = await browser.newContext({
            viewport: { width: 1280, height: 800 }, hasTouch: true, reducedMotion: 'reduce', ...options,
        });
        const visitor = new Visitor(context, await context.newPage(), hand);
        const { page } = visitor;
        page.setDefaultTimeout(10000);
        page.on('request', (request) => {
            visitor.requests.push(request);
            if (new URL(request.url()).origin !== server.origin)
                visitor.faults.push(`asks another than its own server: ${request.url()}`);
        });
        page.on('pageerror', (error) => visitor.faults.push(`error: ${error.message}`));
        page.on('console', (message) => {
            // That a request failed is no fault where the server was killed.
            if (['error', 'warning'].includes(message.type()) && !message.text().includes('net::ERR_CONNECTION'))
                visitor.faults.push(`${message.type()}: ${message.text()}`);
        });
        for (const script of scripts)
            await page.addInitScript(script);
        if (clock)
            await page.clock.install();
        await page.goto(`${server.origin}/`);
        await page.waitForSelector('.tile');
        return visitor;
    }

    constructor(context, page, hand) {
        Object.assign(this, { context, page, hand, requests: [], faults: [], taps: 0 });
    }

    leave() { return this.context.close(); }
    at(screen) { return this.page.waitForSelector(`main[data-screen="${screen}"]`); }
    seconds(n) { return this.page.clock.fastForward(n * 1000); }

    async press(name) {
        await (this.hand === 'touch' ? this.touch(name) : this.reach(name));
        this.taps++;
    }

    // What lies further down is reached by the page's own button, not by a drag; the page
    // shows that button a frame after its layout has changed.
    async touch(name) {
        let hidden = 0;
        for (let i = 0; i < MOST_SCROLLS; i++) {
            const place = await this.page.evaluate(locate, name);
            if (place?.isSeen)
                return this.page.touchscreen.tap(place.x, place.y);
            const more = await this.page.evaluate(locate, 'More below') ?? await this.page.evaluate(locate, 'Back to the top');
            if (!place || (!more && ++hidden === MOST_FRAMES))
                throw new Error(place ? `"${name}" is hidden` : `there is no "${name}"`);
            await (more ? this.page.touchscreen.tap(more.x, more.y) : new Promise((resolve) => setTimeout(resolve, FRAME_MS)));
        }
        throw new Error(`"${name}" is not reached by "More below"`);
    }

    async reach(name) {
        for (let i = 0; i < MOST_TABS; i++) {
            if ((await this.page.evaluate(locate, name))?.hasFocus)
                return this.page.keyboard.press('Enter');
            await this.page.keyboard.press('Tab');
        }
        throw new Error(`"${name}" is not reached by the Tab key`);
    }

    async type(text) {
        if (this.hand === 'keys')
            return this.page.keyboard.type(text);
        const names = { ' ': 'Space', '\'': 'apostrophe', '?': 'question mark', ',': 'comma', '.': 'full stop' };
        for (const [i, letter] of [...text].entries()) {
            if (letter === text[i - 1])
                await this.page.waitForTimeout(DOUBLE_MS);
            await this.press(names[letter] ?? letter);
        }
    }

    async ask(question) {
        await this.press(await this.page.evaluate(locate, 'Type your question') ? 'Type your question' : 'Ask');
        await this.at('ask');
        await this.type(question);
        await this.press('Ask');
        await this.at('reply');
    }
}

// TAP.
let number = 0;
export const result = { failed: 0 };

// `run` gives a list of faults; an exception is one too.
export async function test(name, run) {
    let faults;
    try {
        faults = (await run() ?? []).filter(Boolean);
    } catch (error) {
        faults = [error.stack];
    }
    number++;
    result.failed += faults.length > 0;
    for (const fault of new Set(faults))
        console.log(`# ${String(fault).replaceAll('\n', '\n# ')}`);
    console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${number} - ${name}`);
}

// A fault in words, or nothing.
export const unless = (isGood, fault) => (isGood ? null : fault);
