// The on-screen keyboard.  Every key is a button with a name; what it does
// happens on release, so a finger that landed wrong can slide off.

import { button, el, icon } from './dom.js';

const ROWS = ['1234567890', 'qwertyuiop', 'asdfghjkl\u2019', 'zxcvbnm,.?'];
const NAMES = { '\u2019': 'apostrophe', ',': 'comma', '.': 'full stop', '?': 'question mark' };
export const MAX_TYPED = 400;

// A trembling finger lands twice: the same key again within this time is taken
// for one touch.  People who mean a double letter need about twice as long.
const BOUNCE_MS = 120;

function insert(field, text) {
    const { selectionStart: from, selectionEnd: to, value } = field;
    if (value.length - (to - from) + text.length > MAX_TYPED)
        return;
    field.setRangeText(text, from, to, 'end');
}

function erase(field) {
    const { selectionStart: from, selectionEnd: to } = field;
    const before = from === to ? [...field.value.slice(0, from)].at(-1)?.length ?? 0 : 0;
    field.setRangeText('', from - before, to, 'end');
}

// Keys that type into `field`; `changed` is called after each, `done` by "Ask".
export function keyboard(field, changed, done) {
    let last = null;
    const key = (label, act, attributes) => button(label, (event) => {
        const again = { key: event.currentTarget, at: event.timeStamp };
        if (event.detail > 0 && last?.key === again.key && again.at - last.at < BOUNCE_MS)
            return;
        last = again;
        act();
        changed();
    }, attributes);
    const letters = (row) => [...row].map((letter) =>
        key(letter, () => insert(field, letter === '\u2019' ? "'" : letter),
            { class: 'key', 'aria-label': NAMES[letter] ?? letter }));

    const rows = ROWS.map((row) => el('div', { class: 'keys' }, letters(row)));
    rows[0].append(key('Delete', () => erase(field), { class: 'key wide', icon: 'erase' }));
    rows.push(el('div', { class: 'keys' },
        key('Clear', () => { field.value = ''; }, { class: 'key wide' }),
        key('Space', () => insert(field, ' '), { class: 'key space' }),
        el('button', { type: 'button', class: 'key main', onclick: done },
            el('span', { class: 'label' }, 'Ask'), icon('go'))));
    // The caret stays in the field, where a sighted visitor looks for it.
    return el('div', { class: 'keyboard', role: 'group', 'aria-label': 'Keyboard',
        onmousedown: (event) => event.preventDefault() }, rows);
}
