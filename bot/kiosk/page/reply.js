// What a reply looks like: card first, then an answer, choices, a refusal or
// small talk.  Every part is a part of the reply; nothing is worded here that
// is medical.

import { button, el, icon, title, unbroken } from './dom.js';
import { question, UNTITLED } from './screens.js';
import { hasVoice } from './speech.js';

const LEVELS = { emergency: 'Emergency: get help now', urgent: 'Urgent: get help today' };
const NUMBERS = /\b(?:999|112|111|116 123|0\d{2,4} \d{3,4} ?\d{3,4})\b/g;
const CALLED = { 999: 'Emergency', 112: 'Emergency', 111: 'NHS advice', '116 123': 'Samaritans' };

// The first sentence and the rest.
function lead(text) {
    const end = /[.!?](?=\s)/.exec(text)?.index ?? text.length;
    return [text.slice(0, end + 1), text.slice(end + 1).trim()];
}

// Numbers that a card names, large, since they are read from a chair away.
function dial(kiosk, say) {
    const named = [...new Set(say.match(NUMBERS) ?? [])].map((number) => [number, CALLED[number]]);
    if (kiosk.clinic.telephone && /\bring (your|a|the) (dentist|practice)\b/i.test(say))
        named.unshift([kiosk.clinic.telephone, kiosk.clinic.name]);
    return el('div', { class: 'dial' }, named.map(([number, who]) =>
        el('p', null, who && el('span', { class: 'who' }, who), el('strong', { class: 'number' }, number))));
}

function card(kiosk, { urgency, card: { say } }) {
    const [first, others] = lead(say);
    return el('section', { class: `card ${urgency}`, role: 'alert' },
        el('h2', null, icon('help'), LEVELS[urgency]),
        el('p', { class: 'first' }, first),
        urgency === 'emergency' && dial(kiosk, say),
        others && el('p', null, others),
        urgency === 'urgent' && dial(kiosk, say),
        urgency === 'emergency' && el('p', null, 'If you are in the clinic, tell somebody who works here at once.'));
}

// A passage: paragraphs, and lists where its lines begin with a dash.
function prose(text, key) {
    const marked = (line) => {
        const at = key ? line.indexOf(key) : -1;
        return at < 0 ? [line] : [line.slice(0, at), el('mark', null, key), line.slice(at + key.length)];
    };
    const parts = [];
    for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
        const item = /^\s*-\s+(.*)$/.exec(line)?.[1];
        if (item === undefined)
            parts.push(el('p', null, marked(line)));
        else if (parts.at(-1)?.localName === 'ul')
            parts.at(-1).append(el('li', null, marked(item)));
        else
            parts.push(el('ul', null, el('li', null, marked(item))));
    }
    return parts;
}

const day = (date) => new Date(`${date}T12:00:00`).toLocaleDateString('en-GB',
    { day: 'numeric', month: 'long', year: 'numeric' });

function review({ reviewed, overdue }) {
    return reviewed && el('p', { class: 'reviewed' }, `Last checked on ${day(reviewed)}.`,
        overdue && el('strong', null, ' The next check is overdue: ask your dentist whether this still holds.'));
}

const caveat = (reply) => el('p', { class: 'caveat' }, icon('about'), el('span', null, unbroken(reply.caveat)));

export const sourceText = ({ title: name, publisher, year }) =>
    [name, publisher, year].filter(Boolean).join('. ').replace(/([.?!])\./g, '$1') + '.';

const fold = (label, ...content) => el('details', null,
    el('summary', null, el('span', { class: 'label' }, label), icon('down')), content);

// How the question was understood: openly, above everything but a card.
function understood(reply, asked) {
    const read = reply.corrections.map(({ typed, read_as: readAs }) =>
        `I read \u201c${typed}\u201d as \u201c${readAs}\u201d.`);
    return el('div', { class: 'asked' },
        asked && el('p', null, el('span', { class: 'who' }, 'You asked '), `\u201c${asked}\u201d`),
        read.length > 0 && el('p', { class: 'corrections' }, read.join(' ')),
        reply.cut && el('p', null, 'Your question was very long: only its beginning was read.'),
        reply.outcome === 'answer' && reply.say && el('p', null, reply.say));
}

const heading = (text) => el('h2', { class: 'small' }, text);

function topicList(kiosk, name, topics) {
    return topics.length > 0 && [heading(name), el('ul', { class: 'questions' }, topics.map(({ topic, heading: text }) =>
        question(text, () => kiosk.askTopic(topic))))];
}

// Read aloud, pause, carry on, once more; or, in plain words, that it cannot.
function readAloud(kiosk, reply) {
    const read = () => kiosk.reader.read(spoken(kiosk, reply), kiosk.clinic.number_language);
    const place = el('div', { class: 'aloud' });
    const draw = (state) => {
        const hadFocus = place.contains(document.activeElement);
        const again = button('From the start', read, { class: 'plain', icon: 'repeat' });
        const first = {
            silent: () => button('Read aloud', () => hasVoice() ? read() : mute(), { class: 'plain', icon: 'speak' }),
            speaking: () => button('Pause', () => kiosk.reader.pause(), { class: 'plain', icon: 'pause' }),
            paused: () => button('Carry on', () => kiosk.reader.carryOn(), { class: 'plain', icon: 'speak' }),
        }[state]();
        place.replaceChildren(first, ...(state === 'silent' ? [] : [again]));
        if (hadFocus)
            first.focus();
    };
    const mute = () => {
        const said = 'This screen has no voice, so it cannot read aloud. '
            + 'Larger text is under \u201cText and colours\u201d, or ask somebody to read it to you.';
        place.replaceChildren(el('p', { class: 'mute' }, said));
        kiosk.tell(said);
    };
    kiosk.onSpeech = draw;
    draw('silent');
    return place;
}

function actions(kiosk, reply, asked) {
    const text = asked || reply.heading || UNTITLED;
    return el('div', { class: 'actions' },
        readAloud(kiosk, reply),
        !reply.card && button('Take it home', () => kiosk.go('take', { reply }), { class: 'plain', icon: 'take' }),
        note(kiosk, text));
}

// "Write this down": one press, and it says that it was done.
function note(kiosk, text, attributes = { class: 'plain' }) {
    const done = kiosk.state.notes.includes(text);
    return button(done ? 'It is on your list' : 'Write it down for your dentist', (event) => {
        if (kiosk.note(text))
            event.currentTarget.querySelector('.label').textContent = 'It is on your list';
        else
            kiosk.go('list');
    }, { ...attributes, icon: 'note' });
}

// What is read aloud: as it stands on the screen, telephone numbers by digits.
function spoken(kiosk, reply) {
    const text = [
        reply.card && `${LEVELS[reply.urgency]}. ${reply.card.say}`,
        reply.say, reply.heading && reply.passage && reply.heading, reply.passage,
        ...(reply.passage ? [] : reply.choices.map((choice) => choice.heading)), reply.caveat,
    ].filter(Boolean).join('\n');
    const byDigits = (number) => [...number].join(' ');
    const { telephone } = kiosk.clinic;
    return (telephone ? text.replaceAll(telephone, byDigits) : text).replace(NUMBERS, byDigits);
}

function answer(kiosk, { reply, asked }) {
    const more = reply.more ?? [];
    return {
        read: [
            el('article', { class: 'answer' },
                title(reply.heading ?? UNTITLED),
                el('div', { class: 'passage' }, prose(reply.passage, reply.key_sentence)),
                caveat(reply),
                more.length > 0 && fold('Read more about this', more.map((text) => prose(text))),
                reply.sources.length > 0 && fold('Where this comes from',
                    el('ul', { class: 'sources' }, reply.sources.map((source) => el('li', null, sourceText(source))))),
                review(reply)),
        ],
        kind: reply.card ? 'reply' : 'reply sides',
        act: [actions(kiosk, reply, asked), topicList(kiosk, 'Related questions', reply.related)],
    };
}

function choices(kiosk, { reply, asked }) {
    return {
        read: [title(reply.say ?? 'Which of these do you mean?')],
        act: [
            el('ul', { class: 'questions big', 'aria-labelledby': 'title' }, reply.choices.map(({ topic, heading: text }) =>
                question(text, () => kiosk.askTopic(topic)))),
            reply.caveat && caveat(reply),
            el('div', { class: 'actions' }, readAloud(kiosk, reply),
                button('None of these: ask in other words', () => kiosk.go('ask', { typed: asked }), { class: 'plain', icon: 'keyboard' }),
                note(kiosk, asked)),
        ],
    };
}

function refusal(kiosk, { reply, asked }) {
    const [first, others] = lead(reply.say);
    return {
        read: [title(first), others && el('p', { class: 'lead' }, unbroken(others))],
        act: [
            el('div', { class: 'actions' }, note(kiosk, asked, { class: 'main' }), readAloud(kiosk, reply),
                button('Ask in other words', () => kiosk.go('ask', { typed: asked }), { class: 'plain', icon: 'keyboard' })),
            topicList(kiosk, 'I can tell you about', reply.choices),
        ],
    };
}

function smalltalk(kiosk, { reply }) {
    const [first, others] = lead(reply.say);
    return {
        read: [title(first), others && el('p', { class: 'lead' }, others)],
        act: [el('div', { class: 'actions' },
            button('Type your question', () => kiosk.go('ask'), { class: 'main', icon: 'keyboard' }),
            button('Choose a subject', () => kiosk.go('start'), { class: 'plain', icon: 'home' }))],
    };
}

// A card without anything to read beside it.
const cardAlone = (kiosk, reply) => ({
    read: [title('Please get help first'), el('p', { class: 'lead' }, 'This screen can wait.')],
    act: [el('div', { class: 'actions' }, readAloud(kiosk, reply))],
});

function rest(kiosk, data) {
    if (data.reply.card && data.reply.outcome === 'none')
        return cardAlone(kiosk, data.reply);
    const view = { answer, choices, none: refusal, smalltalk }[data.reply.outcome](kiosk, data);
    view.read.unshift(understood(data.reply, data.asked));
    return view;
}

// A fault in what stands below a card must not keep the card away.
export function reply(kiosk, data) {
    if (!data.reply.card)
        return rest(kiosk, data);
    let view;
    try {
        view = rest(kiosk, data);
    } catch {
        view = cardAlone(kiosk, data.reply);
    }
    view.read.unshift(card(kiosk, data.reply));
    return view;
}
