// The screens that lead to an answer: start, area, question box, help, and the
// notice while the server is away.
//
// A screen is a function of the kiosk (main.js) and its own data; it returns
// what is read (`read`) and what is pressed (`act`).  The two are laid out
// together, or one above the other where the controls have to be low.

import { button, el, title } from './dom.js';
import { keyboard, MAX_TYPED } from './keyboard.js';

const SUGGEST_AFTER_MS = 700;

// A knowledge in JSON lines may have passages without titles, and has no articles.
export const UNTITLED = 'A passage without a title';

// A question as a button, one line of a list.
export const question = (text, press, attributes) =>
    el('li', null, button(text ?? UNTITLED, press, { class: 'question', ...attributes }));

// The areas of the shipped knowledge in the order in which patients need them,
// each by one of its topics, with its icon.  Others come behind, as they stand.
const ORDER = [
    ['what-is-a-dental-implant', 'tooth'], ['who-is-suitable', 'person'], ['diabetes', 'heart'],
    ['blood-thinners', 'pill'], ['smoking', 'cigarette'], ['cost', 'pound'],
    ['first-consultation', 'calendar'], ['procedure-steps', 'clock'], ['first-days', 'plaster'],
    ['eating-after-surgery', 'cup'], ['osseointegration-time', 'implant'], ['daily-cleaning', 'brush'],
    ['failure-signs', 'warning'], ['about-this-bot', 'about'],
];

export function inOrder(areas) {
    const place = ({ topics }) => {
        const at = ORDER.findIndex(([id]) => topics.some((topic) => topic.id === id));
        return at < 0 ? ORDER.length : at;
    };
    return areas.map((area) => ({ ...area, title: area.title ?? 'All questions', place: place(area), icon: ORDER[place(area)]?.[1] ?? 'area' }))
        .sort((a, b) => a.place - b.place);
}

export function start(kiosk) {
    const tile = (area) => el('li', null,
        button(area.title, () => kiosk.go('area', { area }), { class: 'tile', icon: area.icon }));
    return {
        read: [title('What would you like to know about dental implants?')],
        act: [
            button('Type your question', () => kiosk.go('ask'), { class: 'askbox', icon: 'keyboard' }),
            el('h2', { id: 'areas', class: 'small' }, 'Or choose a subject'),
            el('ul', { class: 'tiles', 'aria-labelledby': 'areas' }, kiosk.areas.map(tile)),
        ],
    };
}

export function area(kiosk, { area: { title: name, topics } }) {
    return {
        read: [title(name), el('p', { class: 'lead' }, 'Choose a question.')],
        act: [el('ul', { class: 'questions', 'aria-labelledby': 'title' }, topics.map((topic) =>
            question(topic.heading, () => kiosk.askTopic(topic.id))))],
    };
}

// `data.typed` outlives the screen, so that "Back" finds the words again.
export function ask(kiosk, data) {
    const list = el('ul', { class: 'questions suggestions', 'aria-label': 'Questions like yours' });
    const field = el('textarea', {
        id: 'question', rows: 2, maxlength: MAX_TYPED, inputmode: 'none', autocomplete: 'off',
        autocorrect: 'off', autocapitalize: 'off', spellcheck: 'false', 'aria-labelledby': 'title',
        placeholder: 'For example: can I eat normally?',
    });
    let telling;

    const changed = () => {
        data.typed = field.value;
        const found = kiosk.suggestions.match(field.value);
        list.replaceChildren(...found.map(({ text, topic }) =>
            question(text, () => kiosk.askTopic(topic, text))));
        field.scrollTop = field.scrollHeight;
        clearTimeout(telling);
        telling = setTimeout(() => kiosk.tell(!field.isConnected || found.length === 0 ? ''
            : `${found.length} ${found.length === 1 ? 'question' : 'questions'} to choose from`),
        SUGGEST_AFTER_MS);
    };
    const done = () => {
        if (field.value.trim() !== '')
            kiosk.ask(field.value.trim());
        else
            field.focus();
    };
    field.value = data.typed ?? '';
    field.addEventListener('input', changed);
    field.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && !event.isComposing) {
            event.preventDefault();
            done();
        }
    });
    changed();
    return {
        read: [title('Type your question'), field],
        act: [list, keyboard(field, changed, done)],
        focus: field,
    };
}

// The telephone numbers that matter, for the help screen and for the notice
// that the server is away.  They are in the page from the start.
export function numbers(kiosk) {
    const { name, telephone, out_of_hours: outOfHours, emergency, emergency_card: card } = kiosk.clinic;
    const line = (number, level, text) => el('div', { class: `line ${level}` },
        el('p', { class: 'number' }, number), el('p', null, text));
    return [
        line(emergency, 'emergency', card),
        telephone && line(telephone, 'urgent', name),
        line(outOfHours ?? '111', 'urgent', 'Urgent advice when the dentist is shut'),
    ];
}

export function help(kiosk) {
    return {
        read: [
            title('Get help now'),
            el('p', { class: 'lead' }, 'If you are in the clinic, tell somebody who works here at once.'),
            el('div', { class: 'numbers' }, numbers(kiosk)),
        ],
        act: [],
    };
}

// Shown in the place of a reply that cannot be had yet.
export function waiting() {
    return {
        read: [
            title('Sorry, no answer can be found just now'),
            el('p', { class: 'lead' }, 'Your question is kept here and will be asked again by itself '
                + 'as soon as that is possible. Or ask the people who work here.'),
        ],
        act: [],
    };
}

// The bar at the foot of every screen.  What would do nothing is not there.
export function bar(kiosk) {
    const isStart = kiosk.state.screen === 'start';
    const control = (label, name, press, attributes) =>
        button(label, press, { class: 'control', icon: name, ...attributes });
    return [
        !isStart && control('Back', 'back', () => kiosk.back()),
        !isStart && control('Start', 'home', () => kiosk.go('start')),
        !isStart && kiosk.state.screen !== 'ask' && control('Ask', 'keyboard', () => kiosk.go('ask')),
        control('Help now', 'help', () => kiosk.go('help'), { class: 'control urgent' }),
        kiosk.state.notes.length > 0
            && control(`My list (${kiosk.state.notes.length})`, 'note', () => kiosk.go('list')),
        control('Text and colours', 'display', () => kiosk.openDisplay(), { 'aria-haspopup': 'dialog' }),
        kiosk.state.isUsed && control('Finish and clear', 'finish', () => kiosk.wipe(), { class: 'control finish' }),
    ].filter(Boolean);
}

// The sheet with text size, colours and reach; each is a row of choices.
export function display(kiosk) {
    const row = (name, setting, options) => el('div', {
        class: `options ${setting}`, role: 'group', 'aria-labelledby': `set-${setting}` },
    el('h3', { id: `set-${setting}` }, name),
    options.map(([value, label]) => button(label, () => kiosk.set(setting, value), {
        class: `option ${setting}-${value}`,
        'aria-pressed': String(kiosk.state[setting] === value),
    })));
    return [
        el('h2', { id: 'display-title', tabindex: '-1' }, 'Text and colours'),
        row('Text size', 'size', [['1', 'Normal'], ['2', 'Large'], ['3', 'Larger'], ['4', 'Largest']]),
        row('Colours', 'theme', [['light', 'Light'], ['dark', 'Dark, high contrast']]),
        row('Buttons', 'reach', [['no', 'Whole screen'], ['yes', 'Lower half, to reach sitting down']]),
        button('Done', () => kiosk.closeDisplay(), { class: 'main' }),
    ];
}

export const seconds = (n) => `${n} ${n === 1 ? 'second' : 'seconds'}`;

// What the idle warning says.  Its number is renewed every second, and said by a
// screen reader once, as the warning opens.
export function idleWarning(kiosk, left) {
    return [
        el('h2', { id: 'idle-title' }, 'Are you still there?'),
        el('p', { id: 'idle-text' }, 'To keep what you asked private, this screen will clear itself in'),
        el('p', { id: 'left', class: 'number' }, seconds(left)),
        el('div', { class: 'pair' },
            button('More time', () => kiosk.idle.alive(), { class: 'main', autofocus: true }),
            button('Finish and clear', () => kiosk.wipe(), { class: 'plain' })),
    ];
}

// "Read on" and "To the top": scrolling without dragging a finger.
export function more(press, isAtEnd) {
    return button(isAtEnd ? 'Back to the top' : 'More below', press, { class: 'on', icon: isAtEnd ? 'up' : 'down' });
}

