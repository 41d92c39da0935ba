// The kiosk page: what a visitor has done so far, which screen shows it, and
// how all of it goes away again.
//
// Everything about a visitor is in `kiosk.state`, which is thrown away whole.
// There is one address and no history: going back is a list in the state.  The
// page's title never changes, since a browser keeps titles with addresses.

import { el } from './dom.js';
import { Idle } from './idle.js';
import { reply } from './reply.js';
import * as screens from './screens.js';
import * as server from './server.js';
import { Reader } from './speech.js';
import { Suggestions } from './suggest.js';
import { list, paper, take } from './take.js';

const SCREENS = { ...screens, reply, take, list };
const WATCH_MS = 4000, RETRY_MS = 1500, SLOW_MS = 600;
const WARNING_S = 30;
const MOST_NOTES = 10; // as many as the server takes

const place = Object.fromEntries(['screen', 'bar', 'more', 'status', 'gone', 'paper', 'display', 'idle', 'logo', 'clinic']
    .map((id) => [id, document.getElementById(id)]));

const fresh = () => ({
    screen: 'start', data: {}, trail: [], isUsed: false,
    after: null, reply: null, notes: [],
    size: '1', theme: 'light', reach: 'no',
});

const kiosk = {
    state: fresh(),
    areas: [],
    clinic: {
        name: null, telephone: null, out_of_hours: null, emergency: '999', idle_seconds: 90,
        emergency_card: 'Trouble breathing, bleeding that will not stop, or somebody has collapsed? Ring 999 now.',
    },
    suggestions: new Suggestions([]),
    isGone: false,
    pending: null,
    turn: 0, // a reply that comes in a later turn is not shown
    onSpeech: null,

    // Moving about.
    go(screen, data = {}) {
        const { state } = this;
        if (screen === 'start')
            state.trail = [];
        else if (state.screen !== 'waiting')
            state.trail.push({ screen: state.screen, data: state.data });
        state.isUsed = true;
        this.idle.start();
        this.show(screen, data);
    },
    back() {
        const { screen, data } = this.state.trail.pop() ?? { screen: 'start', data: {} };
        this.show(screen, data);
    },
    show(screen, data) {
        Object.assign(this.state, { screen, data });
        if (data.reply)
            this.state.reply = data.reply;
        this.pending = null;
        this.turn++;
        this.reader.stop();
        this.tell('');
        render();
    },

    // Asking.
    ask(question) { return this.fetch(() => server.ask(question, this.state.after), question); },
    askTopic(topic, asked = '') { return this.fetch(() => server.askTopic(topic), asked); },
    async fetch(request, asked) {
        const { state } = this;
        const turn = ++this.turn;
        const isLate = () => state !== this.state || turn !== this.turn;
        const slow = setTimeout(() => this.tell('Looking for an answer'), SLOW_MS);
        try {
            const answer = await request();
            if (isLate())
                return; // the visitor has moved on, or gone
            this.alive();
            if (answer.outcome === 'answer')
                state.after = answer.topic;
            this.go('reply', { reply: answer, asked });
        } catch (error) {
            if (isLate())
                return;
            if (error instanceof server.Refused) {
                this.tell('That question cannot be read. Please ask in other words.');
                return;
            }
            this.lost();
            if (state.screen !== 'waiting')
                this.go('waiting');
            this.pending = () => this.fetch(request, asked);
        } finally {
            clearTimeout(slow);
        }
    },

    // The list for the dentist.
    note(text) {
        if (this.state.notes.includes(text) || this.state.notes.length === MOST_NOTES)
            return false;
        this.state.notes.push(text);
        this.tell('Written down on your list for the dentist');
        renderBar();
        return true;
    },
    drop(text) {
        this.state.notes = this.state.notes.filter((note) => note !== text);
        render();
    },

    // Settings.
    openDisplay() {
        this.idle.start();
        renderDisplay();
        place.display.showModal();
        place.display.querySelector('h2').focus();
    },
    closeDisplay() {
        place.display.close();
        place.bar.querySelector('[aria-haspopup]').focus();
    },
    set(setting, value) {
        this.state[setting] = value;
        this.state.isUsed = true;
        this.idle.start();
        applySettings();
        const pressed = document.activeElement?.className;
        renderDisplay();
        [...place.display.querySelectorAll('button')].find((one) => one.className === pressed)?.focus();
        renderBar();
    },

    // Telling screen readers what the eye sees happen.
    tell(text) { place.status.textContent = text; },

    print() {
        place.paper.replaceChildren(...paper(this).flat(3).filter(Boolean));
        globalThis.print();
    },

    // Everything that a visitor has done is forgotten.
    wipe() {
        this.reader.stop();
        this.state = fresh();
        this.pending = null;
        place.display.close();
        place.idle.close();
        place.paper.replaceChildren();
        getSelection()?.removeAllRanges();
        this.tell('');
        applySettings();
        render();
        this.idle.stop();
        load().catch(() => this.lost());
    },

    // The server went, or came back.
    lost() {
        if (this.isGone)
            return;
        this.isGone = true;
        renderGone();
    },
    alive() {
        if (!this.isGone)
            return;
        this.isGone = false;
        renderGone();
        this.tell('This screen works again');
        load().catch(() => this.lost());
        this.pending?.();
    },
};

kiosk.reader = new Reader((state) => kiosk.onSpeech?.(state));
kiosk.idle = new Idle({
    warn: (left) => {
        if (place.idle.open) {
            place.idle.querySelector('#left').textContent = screens.seconds(left);
            return;
        }
        place.idle.replaceChildren(...screens.idleWarning(kiosk, left));
        place.idle.showModal();
    },
    calm: () => place.idle.close(),
    wipe: () => kiosk.wipe(),
    busy: () => kiosk.reader.state === 'speaking',
});

function applySettings() {
    const { size, theme, reach } = kiosk.state;
    Object.assign(document.documentElement.dataset, { size, theme, reach });
}

function render() {
    const { screen, data } = kiosk.state;
    kiosk.onSpeech = null;
    const view = SCREENS[screen](kiosk, data);
    const part = (name) => el('div', { class: name }, view[name]);
    place.screen.dataset.screen = screen;
    place.screen.replaceChildren(el('div', { class: `view ${view.kind ?? screen}` }, part('read'), part('act')));
    place.screen.scrollTo({ top: 0, behavior: 'instant' });
    renderBar();
    renderMore();
    (view.focus ?? place.screen.querySelector('h1')).focus({ preventScroll: true });
}

function renderBar() {
    place.bar.replaceChildren(...screens.bar(kiosk));
}

function renderDisplay() {
    place.display.replaceChildren(...screens.display(kiosk));
}

function renderGone() {
    place.gone.replaceChildren(...(kiosk.isGone ? [
        el('p', null, el('strong', null, 'Sorry, this screen cannot answer just now.'),
            ' It keeps trying by itself; what you see can still be read.'),
        el('div', { class: 'numbers' }, screens.numbers(kiosk)),
    ] : []));
}

// The part of the page that can be scrolled on, if any is left to see.
function scroller() {
    const parts = [place.screen, ...place.screen.querySelectorAll('.read, .act')];
    // The button itself takes room that the screen has without it.
    const room = (one) => one.clientHeight + (one === place.screen ? place.more.offsetHeight : 0) + 8;
    const tall = parts.filter((one) => one.scrollHeight > room(one) && getComputedStyle(one).overflowY === 'auto');
    return tall.find((one) => one.scrollTop + one.clientHeight < one.scrollHeight - 8) ?? tall[0];
}

function renderMore() {
    const part = scroller();
    const isAtEnd = part && part.scrollTop + part.clientHeight >= part.scrollHeight - 8;
    const wanted = part ? String(Boolean(isAtEnd)) : 'none';
    if (place.more.dataset.end === wanted)
        return;
    const hadFocus = place.more.contains(document.activeElement);
    place.more.dataset.end = wanted;
    place.more.replaceChildren(...(part ? [screens.more(scrollOn, isAtEnd)] : []));
    if (hadFocus)
        place.more.querySelector('button')?.focus();
}

function scrollOn() {
    const part = scroller();
    const isAtEnd = part.scrollTop + part.clientHeight >= part.scrollHeight - 8;
    part.scrollTo({ top: isAtEnd ? 0 : part.scrollTop + part.clientHeight * 0.8 });
}

// What the server knows: the clinic, and what can be asked.
async function load() {
    const [clinic, topics] = await Promise.all([server.clinic(), server.topics()]);
    kiosk.clinic = clinic;
    kiosk.areas = screens.inOrder(topics.areas);
    kiosk.suggestions = new Suggestions(topics.areas.flatMap((area) => area.topics));
    kiosk.idle.configure(kiosk.clinic.idle_seconds, WARNING_S);
    if (clinic.name)
        place.clinic.textContent = clinic.name;
    if (clinic.logo && place.logo.hidden)
        Object.assign(place.logo, { src: '/logo', hidden: false });
    if (kiosk.state.screen === 'start')
        render();
}

async function watch() {
    try {
        await server.health();
        kiosk.alive();
    } catch {
        kiosk.lost();
    }
    setTimeout(watch, kiosk.isGone ? RETRY_MS : WATCH_MS);
}

// Nothing is carried over from one visitor to the next by copying or dragging.
for (const type of ['contextmenu', 'copy', 'cut', 'paste', 'dragstart', 'drop'])
    addEventListener(type, (event) => event.preventDefault());
addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !document.querySelector('dialog[open]') && kiosk.state.screen !== 'start')
        kiosk.back();
});
addEventListener('resize', renderMore);
place.screen.addEventListener('scroll', renderMore, { capture: true, passive: true });
new ResizeObserver(renderMore).observe(place.screen);
new MutationObserver(renderMore).observe(place.screen, { childList: true, subtree: true });
place.screen.addEventListener('toggle', renderMore, true);
place.idle.addEventListener('cancel', () => kiosk.idle.alive());
place.idle.addEventListener('click', ({ target }) => target === place.idle && kiosk.idle.alive());

applySettings();
render();
load().catch(() => kiosk.lost());
watch();
