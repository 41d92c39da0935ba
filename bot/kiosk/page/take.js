// Taking something home: a QR code, a sheet of paper, the list for the dentist.

import { button, el, title } from './dom.js';
import { sourceText } from './reply.js';
import * as server from './server.js';

const printButton = (kiosk) => kiosk.clinic.printer
    && button('Print', () => kiosk.print(), { class: 'plain', icon: 'print' });

// A square that fills itself in when the server has drawn it.  `what` is a topic
// or notes; `holds` says in words what a phone will show.
function code(kiosk, what, holds) {
    const place = el('div', { class: 'qr', role: 'img', 'aria-label': `QR code: ${holds}` });
    server.qr(what).then((drawing) => place.replaceChildren(drawing),
        () => place.replaceChildren('The code cannot be drawn just now. Please go back and try again.'));
    return el('div', { class: 'home' }, place,
        el('div', { class: 'how' },
            el('p', { class: 'lead' }, 'Point the camera of your phone at the square.'),
            el('p', null, `Your phone then shows ${holds}. Nothing is sent anywhere.`),
            printButton(kiosk)));
}

export function take(kiosk, { reply }) {
    return {
        read: [title('Take it home'), code(kiosk, { topic: reply.topic }, 'the short answer and whom to ring')],
        act: [],
    };
}

// The server cuts a longer text, so that its squares stay large enough to be read.
const CODE_BYTES = 300;

function fitsInCode({ clinic: { name, telephone } }, notes) {
    const text = ['To ask my dentist:', ...notes.map((note) => `- ${note}`), `${name}: ${telephone}.`].join('\n');
    return new TextEncoder().encode(text).length <= CODE_BYTES;
}

export function list(kiosk) {
    const { notes } = kiosk.state;
    if (notes.length === 0)
        return { read: [title('Your list is empty'), el('p', { class: 'lead' },
            'Below every answer you can write a question down for your dentist.')], act: [] };
    return {
        read: [
            title('Your list for the dentist'),
            el('ul', { class: 'notes' }, notes.map((note) => el('li', null, el('span', null, note),
                button('Remove', () => kiosk.drop(note), { class: 'plain', icon: 'remove', 'aria-label': `Remove: ${note}` })))),
            code(kiosk, { notes }, fitsInCode(kiosk, notes) ? 'your list and whom to ring'
                : 'the beginning of your list and whom to ring, since it has no room for all'),
        ],
        act: [],
    };
}

// The sheet that is printed: black on white, with everything that folds away on
// the screen unfolded.
export function paper(kiosk) {
    const { clinic, state: { notes, reply } } = kiosk;
    return [
        el('p', { class: 'letterhead' }, [clinic.name, clinic.telephone].filter(Boolean).join(', ')),
        reply?.card && el('p', { class: 'card' }, el('strong', null, reply.urgency === 'emergency' ? 'Emergency. ' : 'Urgent. '), reply.card.say),
        reply?.heading && el('h1', null, reply.heading),
        reply?.passage && [reply.passage, ...(reply.more ?? [])].map((text) =>
            text.split('\n').map((line) => el('p', null, line))),
        reply?.caveat && el('p', { class: 'caveat' }, reply.caveat),
        notes.length > 0 && [el('h2', null, 'To ask my dentist'), el('ul', null, notes.map((note) => el('li', null, note)))],
        reply?.passage && reply.sources.length > 0 && [el('h2', null, 'Sources'),
            el('ul', null, reply.sources.map((source) => el('li', null, sourceText(source), source.url && ` ${source.url}`)))],
        el('p', { class: 'small' }, 'General information about dental implants, not advice about you. '
            + `In an emergency ring ${clinic.emergency}.`),
    ];
}
